import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ToldFinding } from '../../src/core/diagnose/ruleTexts';
import { repoRoot } from '../support/repoRoot';
import { runCli } from './support/cli';
import { useTemporaryFolder } from '../support/temporaryFolder';

const cases = path.join(repoRoot, 'test/fixtures/diagnosis');
const unreachable = path.join(cases, 'note-failure-1/replica-6380.log');

function findingsIn(stdout: string): readonly ToldFinding[] {
  return (JSON.parse(stdout) as { findings: readonly ToldFinding[] }).findings;
}

describe('redis-ha-lab diagnose', () => {
  const folder = useTemporaryFolder();

  it('prints findings as JSON and ends with 1 when one is an error', async () => {
    const { code, stdout, stderr } = await runCli(['diagnose', '--json', unreachable]);
    assert.equal(stderr, '');
    assert.equal(code, 1);
    const [finding] = findingsIn(stdout);
    assert.equal(finding?.rule, 'master-unreachable');
    assert.equal(finding.severity, 'error');
    assert.deepEqual(finding.evidence, [{ file: unreachable, line: 2 }]);
    for (const text of [finding.title, finding.cause, finding.fix]) assert.match(text, /\w.*\.?$/);
  });

  it('ends with 0 on logs of a healthy failover, and says so in either language', async () => {
    const healthy = path.join(cases, 'failover-valkey-logfmt');
    const english = await runCli(['diagnose', healthy]);
    assert.equal(english.code, 0);
    assert.equal(english.stdout, 'Nothing was found in 4 files.\n');
    const korean = await runCli(['diagnose', healthy, '--lang', 'ko']);
    assert.equal(korean.stdout, '파일 4개에서 문제를 찾지 못했습니다.\n');
  });

  it('reads confs beside logs, and measures them by --redis', async () => {
    const conf = path.join(folder.dir, 'redis.conf');
    mkdirSync(folder.dir, { recursive: true });
    writeFileSync(conf, '\uFEFFport 6379\r\nreplicaof 127.0.0.1 6380\r\n');
    const { code, stdout } = await runCli(['diagnose', '--json', '--redis', 'windows-3.0.504', conf]);
    assert.equal(code, 1);
    assert.deepEqual(
      findingsIn(stdout).map(({ rule, evidence }) => [rule, evidence[0]?.line]),
      [
        ['bad-bytes-in-conf', 1],
        ['replicaof-not-supported', 2],
      ],
    );
  });

  it('reads a log from standard input', async () => {
    const { code, stdout } = await runCli(['diagnose', '--json', '-'], {
      input: '10177:M 23 Nov 06:50:54.239 # Wrong signature trying to load DB from file\r\n',
    });
    assert.equal(code, 1);
    assert.deepEqual(findingsIn(stdout)[0]?.evidence, [{ file: '-', line: 1 }]);
  });

  it('says in one line what cannot be read, and ends with 2', async () => {
    mkdirSync(path.join(folder.dir, 'empty'), { recursive: true });
    for (const [words, says] of [
      [[], /^redis-ha-lab: Name log files, confs or lab folders/],
      [[path.join(folder.dir, 'nothing.log')], /nothing\.log: There is no such file\.$/],
      [[path.join(folder.dir, 'nothing.conf')], /nothing\.conf: There is no such file\.$/],
      [
        [path.join(folder.dir, 'empty')],
        /There are no logs \(\*\.log\) and no confs \(\*\.conf\) in this folder\.$/,
      ],
      [[unreachable, '--redis', '2.x'], /--redis takes a version/],
    ] as const) {
      const { code, stdout, stderr } = await runCli(['diagnose', ...words]);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.match(stderr.trimEnd(), says);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    }
  });
});
