import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { until } from '../support/until';
import { outputOf, runCli } from './support/cli';
import { useLab, type TestLab } from './support/lab';
import { testVersion } from './support/testServer';

interface Failover {
  readonly masterName: string;
  readonly epoch: number;
  readonly from: { readonly port: number };
  readonly to: { readonly port: number } | null;
  readonly leader: { readonly id: string; readonly address: string } | null;
  readonly votes: readonly { readonly voter: string; readonly candidate: string; readonly epoch: number }[];
  readonly outcome: string;
}

interface Line {
  readonly file: string;
  readonly line: number;
  readonly dialect: string;
  readonly id: string | null;
  readonly time: string | null;
  readonly message: string;
  readonly text: string | null;
}

/** Every form of a log that the server under test can write, as settings of a lab. */
function logForms(): readonly (readonly string[])[] {
  const { product, major, minor } = testVersion;
  if (product !== 'valkey' || major * 100 + minor < 801) return [[]];
  return [
    [],
    ['--set', 'log-format=logfmt', '--set', 'log-timestamp-format=iso8601'],
    ['--set', 'log-timestamp-format=milliseconds'],
    ...(major * 100 + minor >= 901
      ? [['--set', 'log-format=json', '--set', 'log-timestamp-format=iso8601']]
      : []),
  ];
}

for (const form of logForms()) {
  const name = form.filter(word => word !== '--set').join(', ') || 'the usual form';

  describe(`the logs of a failover in ${name}`, () => {
    const lab = useLab({ replicas: 2, sentinels: 3, more: form });
    let former = 0;
    let master = 0;

    before('a failover, and the old master is back', async () => {
      await lab.output('up');
      former = lab.port;
      await lab.output('kill', 'master');
      master = await lab.agreedMaster({ not: former });
      await lab.output('start', String(former));
      await until(
        'the old master is a replica',
        async () => (await lab.info(former, 'master_link_status')) === 'up',
        { timeout: 30_000 },
      );
    });

    it('are told as the servers know it', async () => {
      const { failovers } = JSON.parse(outputOf(await runCli(['report', ...logFiles(lab), '--json']))) as {
        readonly failovers: readonly Failover[];
      };
      const last = failovers.findLast(({ outcome }) => outcome === 'succeeded');
      assert.ok(last);
      const [port] = lab.sentinelPorts;
      const fields = (await lab.ask(port!, 'SENTINEL', 'MASTER', 'mymaster')) as string[];
      assert.equal(last.epoch, Number(fields[fields.indexOf('config-epoch') + 1]));
      assert.equal(last.masterName, 'mymaster');
      assert.equal(last.to?.port, master);
      assert.equal(failovers[0]?.from.port, former);
      const ids = await Promise.all(lab.sentinelPorts.map(sentinel => idOf(lab, sentinel)));
      const leader = ids.indexOf(last.leader?.id ?? '');
      assert.ok(leader >= 0, `the leader ${last.leader?.id} is one of ${ids.join(', ')}`);
      assert.equal(last.leader?.address, `127.0.0.1:${lab.sentinelPorts[leader]}`);
      const votes = last.votes.filter(({ epoch }) => epoch === last.epoch);
      assert.equal(new Set(votes.map(({ voter }) => voter)).size, votes.length, 'one vote each');
      assert.ok(votes.filter(({ candidate }) => candidate === last.leader?.id).length >= 2);
      for (const { voter } of votes) assert.ok(ids.includes(voter), `the voter ${voter} is known`);
    });

    it('are understood line by line', async () => {
      const lines = outputOf(await runCli(['explain', ...logFiles(lab), '--json']))
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Line);
      const unknown = lines.filter(({ id, dialect }) => id === null && dialect !== 'raw');
      assert.deepEqual(
        [...new Set(unknown.map(({ message }) => message))],
        [],
        `${unknown.length} of ${lines.length} lines are not recognised`,
      );
      assert.ok(lines.every(({ dialect, time }) => dialect === 'raw' || time !== null));
      assert.ok(lines.every(({ id, text }) => id === null || (text !== null && !/\{|\?$/.test(text))));
    });
  });
}

function logFiles(lab: TestLab): readonly string[] {
  return readdirSync(lab.file('log')).map(name => lab.file('log', name));
}

async function idOf(lab: TestLab, port: number): Promise<string> {
  const myId = await lab.ask(port, 'SENTINEL', 'MYID').catch(() => undefined);
  // Before 6.2 a Sentinel does not tell its own id, but the others know it.
  if (typeof myId === 'string') return myId;
  const other = lab.sentinelPorts.find(candidate => candidate !== port)!;
  const sentinels = (await lab.ask(other, 'SENTINEL', 'SENTINELS', 'mymaster')) as string[][];
  const fields = sentinels.find(known => known[known.indexOf('port') + 1] === String(port)) ?? [];
  return fields[fields.indexOf('runid') + 1] ?? '';
}
