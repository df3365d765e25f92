<?php

declare(strict_types=1);

namespace Sipukat;

/** Panggilan ditolak: salah pakai (kode 2), tidak menjawab, atau sipukat tidak ditemukan. */
final class SipukatException extends \RuntimeException
{
    /** @param string $type jenis galat menurut sipukat, misalnya "AnswerError" */
    public function __construct(string $message, public readonly string $type = 'Sipukat')
    {
        parent::__construct($message);
    }
}

/** Satu jawaban. Temuan bukan galat: angkanya ada, dan `ok` salah bila ada temuan `error`. */
final class Answer
{
    public function __construct(public readonly bool $ok, public readonly array $data)
    {
    }

    /** @return list<array<string, mixed>> semua temuan, juga yang ada di dalam tiap dokumen */
    public function findings(): array
    {
        $found = $this->data['findings'] ?? [];
        foreach ($this->data['documents'] ?? [] as $document) {
            array_push($found, ...$document['findings']);
        }
        return $found;
    }
}

/**
 * Memanggil perintah `sipukat` tanpa shell.
 *
 *     $sipukat = new \Sipukat\Sipukat('venv/bin/sipukat');
 *     $ikm = $sipukat->call('ikm', ['by' => 'unit'], 'survei.csv');
 *     echo $ikm->data['overall']['published'];
 *
 * Satu objek menyalakan satu proses pada panggilan pertama dan memakainya terus,
 * sehingga hanya panggilan pertama yang menunggu Python menyala.
 */
final class Sipukat
{
    /** @var resource|null */
    private $process = null;
    /** @var array<int, resource> */
    private array $pipes = [];
    /** @var resource|null apa yang ditulis proses itu ke stderr, untuk pesan bila ia berhenti */
    private $stderr = null;

    /** @param string|list<string> $program jalan ke sipukat, atau perintah sebagai larik */
    public function __construct(
        private readonly string|array $program = 'sipukat',
        private readonly float $timeout = 60.0,
        private readonly ?string $folder = null,
    ) {
    }

    public function __destruct()
    {
        $this->close();
    }

    /**
     * @param array<string, string|int|float|bool|list<string>> $options nama => nilai; true untuk pilihan tanpa nilai
     * @throws SipukatException
     */
    public function call(string $command, array $options = [], string ...$arguments): Answer
    {
        return $this->run(self::arguments($command, $options, $arguments));
    }

    /**
     * @param list<string> $arguments argumen apa adanya, dengan --json
     * @throws SipukatException
     */
    public function run(array $arguments): Answer
    {
        [$exit, $data] = $this->raw($arguments);
        if ($exit > 1) {
            $error = $data['error'] ?? [];
            throw new SipukatException($error['message'] ?? "kode keluar {$exit}", $error['type'] ?? 'Sipukat');
        }
        return new Answer($exit === 0, $data);
    }

    /**
     * @param list<string> $arguments
     * @return array{int, array<mixed>} kode keluar dan jawabannya
     * @throws SipukatException
     */
    public function raw(array $arguments): array
    {
        $flags = JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES;
        try {
            $line = json_encode(array_values($arguments), $flags) . "\n";
        } catch (\JsonException $unusable) {
            throw new SipukatException('argumen harus teks UTF-8: ' . $unusable->getMessage());
        }
        $this->start();
        try {
            $answer = json_decode($this->exchange($line), true, 512, JSON_THROW_ON_ERROR | JSON_BIGINT_AS_STRING);
        } catch (\JsonException $unusable) {
            $this->close();
            throw new SipukatException('jawaban sipukat bukan JSON: ' . $unusable->getMessage());
        }
        return [$answer['exit'], $answer['result']];
    }

    public function close(): void
    {
        if ($this->process === null) {
            return;
        }
        array_map('fclose', $this->pipes);
        $this->pipes = [];
        proc_terminate($this->process);
        proc_close($this->process);
        $this->process = null;
    }

    /** Setiap nilai ditulis --nama=nilai, dan berkas sesudah "--": tidak ada yang terbaca sebagai pilihan. */
    public static function arguments(string $command, array $options, array $arguments): array
    {
        $out = [$command, '--json'];
        foreach ($options as $name => $values) {
            foreach ((array) $values as $value) {
                if ($value !== false) {
                    $out[] = $value === true ? "--{$name}" : "--{$name}={$value}";
                }
            }
        }
        return [...$out, '--', ...$arguments];
    }

    private function start(): void
    {
        if ($this->process !== null) {
            return;
        }
        $command = [...(array) $this->program, 'pipe'];
        $this->stderr = tmpfile();
        $streams = [['pipe', 'r'], ['pipe', 'w'], $this->stderr];
        // getenv() alone, since $_ENV is empty by default; PYTHONUTF8 for Windows and for LC_ALL=C.
        $environment = ['PYTHONUTF8' => '1'] + getenv();
        $process = @proc_open($command, $streams, $this->pipes, $this->folder, $environment);
        if ($process === false) {
            throw new SipukatException('sipukat tidak dapat dijalankan: ' . implode(' ', $command), 'NotFound');
        }
        $this->process = $process;
        // Non-blocking, so that a long line cannot hold both sides: each may wait for the other to read.
        stream_set_blocking($this->pipes[0], false);
        stream_set_blocking($this->pipes[1], false);
    }

    /** Write a line and read a line, both at once, and no longer than the timeout. */
    private function exchange(string $line): string
    {
        $answer = '';
        $deadline = microtime(true) + $this->timeout;
        while (!str_ends_with($answer, "\n")) {
            $left = $deadline - microtime(true);
            if ($left <= 0) {
                $this->close();
                throw new SipukatException("sipukat tidak menjawab dalam {$this->timeout} detik", 'Timeout');
            }
            $read = [$this->pipes[1]];
            $write = $line === '' ? [] : [$this->pipes[0]];
            $except = [];
            @stream_select($read, $write, $except, (int) $left, (int) (fmod($left, 1) * 1e6));
            if ($write !== []) {
                $line = substr($line, (int) @fwrite($this->pipes[0], $line));
            }
            $answer .= (string) fread($this->pipes[1], 65536);
            if (feof($this->pipes[1]) && !str_ends_with($answer, "\n")) {
                $said = trim((string) file_get_contents(stream_get_meta_data($this->stderr)['uri']));
                $this->close();
                throw new SipukatException('sipukat berhenti tanpa menjawab: ' . substr($said, -500), 'Stopped');
            }
        }
        return $answer;
    }
}
