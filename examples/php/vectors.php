<?php

// Mencoba Sipukat.php terhadap semua contoh panggilan: php vectors.php [jalan ke sipukat ...]

declare(strict_types=1);

require __DIR__ . '/Sipukat.php';

use Sipukat\Sipukat;

/** Where $got lacks something of $want: every key that is named must be there and equal. */
function differences(mixed $want, mixed $got, string $place = ''): array
{
    if (!is_array($want) || !is_array($got)) {
        return $want === $got ? [] : ["{$place}: " . json_encode($want) . ' bukan ' . json_encode($got)];
    }
    if (array_is_list($want) && count($want) !== count($got)) {
        return ["{$place}: banyaknya " . count($want) . ' bukan ' . count($got)];
    }
    $found = [];
    foreach ($want as $key => $value) {
        array_push($found, ...differences($value, array_key_exists($key, $got) ? $got[$key] : 'absent', "{$place}.{$key}"));
    }
    return $found;
}

function codes(mixed $answer): array
{
    if (!is_array($answer)) {
        return [];
    }
    $found = isset($answer['code'], $answer['severity']) ? [$answer['code']] : [];
    return array_merge($found, ...array_map(codes(...), array_values($answer)));
}

$program = array_slice($argv, 1) ?: ['sipukat'];
$folder = sys_get_temp_dir() . '/sipukat-' . bin2hex(random_bytes(6));
mkdir($folder, 0700);
$sipukat = new Sipukat($program, 120.0, $folder);

[, $file] = $sipukat->raw(['schema', 'calls']);
$failed = 0;
foreach ($file['calls'] as $call) {
    foreach ($call['files'] ?? [] as $name => $text) {
        file_put_contents("{$folder}/{$name}", $text);
    }
    [$exit, $answer] = $sipukat->raw($call['args']);
    $wrong = $exit === $call['exit'] ? [] : ["kode keluar {$exit}, seharusnya {$call['exit']}"];
    array_push($wrong, ...differences($call['json'], $answer));
    $found = codes($answer);
    array_push($wrong, ...array_diff($call['codes'] ?? [], $found), ...array_intersect($call['without'] ?? [], $found));
    $failed += $wrong === [] ? 0 : 1;
    foreach ($wrong as $line) {
        fwrite(STDERR, "{$call['id']}: {$line}\n");
    }
}
$sipukat->close();
array_map('unlink', glob("{$folder}/*"));
rmdir($folder);
printf("%d panggilan, %d berbeda\n", count($file['calls']), $failed);
exit($failed === 0 ? 0 : 1);
