import assert from 'node:assert/strict';
import { until } from '../support/until';
import { errorOf, outputOf, runCli } from './support/cli';
import { useLab } from './support/lab';
import { childrenOf, isAlive } from './support/processes';
import { probeProgram } from './support/probe';

/** The parts of `probe --json` that these tests look at. */
interface ProbeJson {
  readonly run: string;
  readonly rate: number;
  readonly staleMasterWindowMs: number | null;
  readonly reads: readonly { readonly port: number; readonly reads: number }[];
  readonly clients: readonly {
    readonly client: string;
    readonly attempted: number;
    readonly acknowledged: number;
    readonly present: number;
    readonly lost: number;
    readonly errors: Readonly<Record<string, number>>;
    readonly servers: readonly { readonly port: number }[];
  }[];
}

describe('`probe`', () => {
  const lab = useLab({ replicas: 1, sentinels: 1, password: 'probe-command-1' });
  const keys = async (): Promise<readonly string[]> =>
    (await lab.ask(lab.port, 'KEYS', 'probe:*')) as readonly string[];

  before('the lab runs', () => lab.output('up'));

  it('prints the ledger as JSON, and takes its keys away', async () => {
    const printed = JSON.parse(
      await lab.output('probe', '--seconds', '1', '--rate', '200', '--reads', '--json'),
    ) as ProbeJson;
    assert.deepEqual([printed.rate, printed.staleMasterWindowMs], [200, 0]);
    assert.deepEqual(
      printed.clients.map(({ client, lost, servers }) => [client, lost, servers.map(({ port }) => port)]),
      ['sentinel', 'fixed'].map(client => [client, 0, [lab.port]]),
    );
    for (const { attempted, acknowledged, present, errors } of printed.clients) {
      assert.ok(acknowledged > 0 && present >= acknowledged);
      const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
      assert.equal(attempted, acknowledged + failed);
    }
    assert.deepEqual(
      printed.reads.map(({ port }) => port),
      [lab.serverPorts[1]],
    );
    assert.deepEqual(await keys(), []);
  });

  it('prints it for people, in their language', async () => {
    const text = await lab.output('probe', '--seconds', '1');
    assert.match(text, /^sentinel \(client that asks the Sentinels\)$/m);
    assert.match(text, /^ {2}\d+ of \d+ writes acknowledged\n {2}no acknowledged write is lost$/m);
    const korean = outputOf(await runCli(['--lang', 'ko', 'probe', lab.dir, '--seconds', '1']));
    assert.match(korean, /^fixed \(처음 주소를 그대로 쓰는 클라이언트\)$/m);
  });

  it('leaves the keys with --keep, one for each write that is present', async () => {
    const printed = JSON.parse(await lab.output('probe', '--seconds', '1', '--keep', '--json')) as ProbeJson;
    const found = await keys();
    for (const { client, present } of printed.clients)
      assert.equal(found.filter(key => key.startsWith(`probe:${printed.run}:${client}:`)).length, present);
  });

  it('is ended by Ctrl+C with its ledger', async () => {
    const { child, ended, printed } = lab.start('probe', '--seconds', '600', '--json');
    await until('it writes', () => printed.stderr.includes('Writing 100 times a second'));
    await until('keys are there', async () => (await keys()).length > 0);
    child.kill('SIGINT');
    const result = JSON.parse(outputOf(await ended)) as ProbeJson;
    assert.ok(result.clients.every(({ lost, acknowledged }) => lost === 0 && acknowledged > 0));
  });

  it('leaves no probe behind when it is killed', async () => {
    const { child, ended, printed } = lab.start('probe', '--seconds', '600');
    await until('it writes', () => printed.stderr.includes('Writing 100 times a second'));
    const [probe, ...more] = childrenOf(child.pid!).filter(({ command }) => command.includes(probeProgram));
    assert.ok(probe);
    assert.deepEqual(more, []);
    child.kill('SIGKILL');
    await ended;
    await until('its probe is gone', () => !isAlive(probe.pid));
  });

  it('takes only numbers that make sense', async () => {
    for (const [option, value] of [
      ['--rate', '0'],
      ['--rate', '1001'],
      ['--seconds', 'ten'],
    ] as const)
      assert.match(
        errorOf(await runCli(['probe', lab.dir, option, value]), 2),
        /takes a whole number from 1 to/,
      );
  });

  it('needs a master that runs', async () => {
    await lab.output('down');
    assert.match(await lab.error('probe'), /has no running master to write to/);
  });
});
