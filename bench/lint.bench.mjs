// The conf lint: a large conf for each keystroke, and a lab of 40 confs, against taking the bare lines apart into words.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { importSource } from '../scripts/build.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { median, spread } from './lib/statistics.mjs';

export const title = 'lint: a keystroke in a conf of 2,000 lines, a lab of 40 confs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5) * 10;
const lines = 2_000;
const servers = 25;
const sentinels = 15;

/** @param {(line: string) => void} print */
export async function run(print) {
  const { lintConfs } = await importSource('src/core/lint/lintConfs.ts');
  const { allDirectives } = await importSource('src/core/conf/specs/allDirectives.ts');
  const { parseVersion } = await importSource('src/core/conf/serverVersion.ts');
  const version = parseVersion('7.0.15');
  const sample = readFileSync(path.join(root, 'test/fixtures/conf/samples/redis.conf'), 'utf8')
    .trim()
    .split('\n');

  /** A sample conf as it ships: each directive behind what explains it. @param {number} key */
  const largeConf = key => {
    const comment = '# What this does, in the words of the conf that ships with the server, line after line.';
    const each = Math.floor((lines - 1) / sample.length) - 1;
    const text = sample.flatMap(line => [...Array(each).fill(comment), line]);
    return [...text, ...Array(lines - 1 - text.length).fill(comment), `# keystroke ${key}`].join('\n');
  };
  measure(`${lines.toLocaleString('en')} lines, each time with another text`, 50, key => [
    { file: 'redis.conf', text: largeConf(key) },
  ]);
  measure(`${servers + sentinels} confs`, 300, key => labConfs(key));

  /**
   * @param {string} what
   * @param {number} limit milliseconds
   * @param {(key: number) => { file: string; text: string }[]} sourcesFor
   */
  function measure(what, limit, sourcesFor) {
    /** @type {number[]} */
    const lint = [];
    /** @type {number[]} */
    const bare = [];
    let findings = 0;
    for (let round = 0; round < rounds; round++) {
      const sources = sourcesFor(round);
      lint.push(timed(() => (findings = lintConfs(sources, version, allDirectives).length)));
      bare.push(
        timed(() => sources.map(({ text }) => text.split('\n').map(line => line.trim().split(/\s+/)))),
      );
    }
    const [first = 0, ...rest] = lint;
    print(
      `${what}: ${median(rest).toFixed(1)} ms (${spread(rest)}), the first time ${first.toFixed(1)} ms; limit ${limit} ms, ${findings} findings`,
    );
    print(
      `  lines and words alone: ${median(bare).toFixed(2)} ms, ratio ${(median(rest) / median(bare)).toFixed(1)}`,
    );
  }
}

/** @param {() => unknown} work */
function timed(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** A master, its replicas and Sentinels that have run for a while. @param {number} key */
function labConfs(key) {
  const ports = Array.from({ length: servers }, (_, index) => 7_000 + index);
  const watching = Array.from({ length: sentinels }, (_, index) => 27_000 + index);
  return [
    ...ports.map((port, index) => ({
      file: `/lab/conf/redis-${port}.conf`,
      text: [
        `# ${key}`,
        `port ${port}`,
        'bind 127.0.0.1',
        `dir /lab/data/${port}`,
        `logfile /lab/log/${port}.log`,
        'save 900 1',
        'requirepass secret',
        'masterauth secret',
        ...(index > 0 ? ['replicaof 127.0.0.1 7000'] : []),
      ].join('\n'),
    })),
    ...watching.map((port, index) => ({
      file: `/lab/conf/sentinel-${port}.conf`,
      text: [
        `port ${port}`,
        'bind 127.0.0.1',
        'sentinel monitor mymaster 127.0.0.1 7000 8',
        'sentinel auth-pass mymaster secret',
        'sentinel down-after-milliseconds mymaster 5000',
        `sentinel myid ${String(index).padStart(40, '0')}`,
        ...ports.slice(1).map(other => `sentinel known-replica mymaster 127.0.0.1 ${other}`),
        ...watching
          .map(
            (other, at) =>
              `sentinel known-sentinel mymaster 127.0.0.1 ${other} ${String(at).padStart(40, '0')}`,
          )
          .filter((_, at) => at !== index),
      ].join('\n'),
    })),
  ];
}
