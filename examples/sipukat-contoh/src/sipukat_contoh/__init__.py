"""Plugin sipukat untuk Kabupaten Contoh: Peraturan Bupati Contoh Nomor 12 Tahun 2025."""
