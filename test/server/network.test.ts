import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { listenPortOf } from '../../src/core/network/listenPort';
import type { LinkRule } from '../../src/core/network/linkRule';
import type { NetworkClient } from '../../src/node/network/networkClient';
import { until } from '../support/until';
import { errorOf, outputOf, runCli } from './support/cli';
import { ForeignRedis } from './support/foreign';
import { useNetworkLab } from './support/networkLab';
import { isAlive } from './support/processes';
import { ask } from './support/redis';

interface RecordOnDisk {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
}

/** With which error a connection is not taken; undefined: it is. */
async function refusal(port: number): Promise<string | undefined> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    socket.destroy();
  }
}

describe('a lab with a network', () => {
  const net = useNetworkLab({ replicas: 2, sentinels: 3 });
  const { lab } = net;
  let client: NetworkClient | undefined;

  const record = (): RecordOnDisk =>
    JSON.parse(readFileSync(lab.file('run', 'network.json'), 'utf8')) as RecordOnDisk;
  const network = async (): Promise<{ state: string; pid: number | null }> => {
    const status = JSON.parse(await lab.output('status', '--json')) as { network: never };
    return status.network;
  };
  const lease = async (...rules: Parameters<NetworkClient['lease']>[0]): Promise<NetworkClient> => {
    client ??= await net.connect();
    await client.lease(rules);
    return client;
  };
  const ready = async (): Promise<unknown> =>
    until('the lab is ready', async () => (await lab.status()).ready, { timeout: 40_000 });
  const master = async (): Promise<number> => (await net.known(lab.sentinelPorts[0]!)).port;
  /** What a Sentinel thinks of another one. */
  const flagsOf = async (sentinel: number, other: number): Promise<string> => {
    const all = (await net.direct(sentinel, 'SENTINEL', 'SENTINELS', 'mymaster')) as readonly string[][];
    const fields = all.find(one => one[one.indexOf('port') + 1] === String(other)) ?? [];
    return fields[fields.indexOf('flags') + 1] ?? '';
  };

  before('the lab runs', () => lab.output('up'));

  afterEach('every rule is gone', async () => {
    client?.dispose();
    client = undefined;
  });

  it('is ready, and its nodes know each other by the ports of lab.json', async () => {
    const status = await lab.status();
    assert.equal(status.ready, true, status.notReady.join('; '));
    assert.deepEqual(
      status.nodes.map(({ port }) => port),
      lab.ports,
    );
    for (const port of lab.sentinelPorts) assert.equal((await net.known(port)).port, lab.port);
    const lines = [0, 1].map(async at => net.field(lab.port, `slave${at}`));
    const replicas = (await Promise.all(lines)).map(line => Number(/port=(\d+)/.exec(line)?.[1]));
    assert.deepEqual(
      replicas.toSorted((a, b) => a - b),
      lab.serverPorts.slice(1),
    );
    assert.equal(await net.field(lab.serverPorts[1]!, 'master_port'), String(lab.port));
    assert.deepEqual(await network(), { state: 'running', pid: record().pid });
    assert.match(
      await lab.output('status'),
      new RegExp(`^ {2}Network: running \\(pid ${record().pid}\\)$`, 'm'),
    );
    assert.equal(statSync(lab.file('run', 'network.json')).mode & 0o777, 0o600);
  });

  it('carries every connection between the nodes, and knows who opened it', async () => {
    client = await net.connect();
    const wanted = [
      ...lab.serverPorts.slice(1).map(port => `${net.name(port)} ${net.name(lab.port)}`),
      ...lab.sentinelPorts.flatMap(from =>
        lab.ports.filter(to => to !== from).map(to => `${net.name(from)} ${net.name(to)}`),
      ),
    ];
    const carried = await until('all connections are there', async () => {
      const { connections } = await client!.state();
      const links = new Set(connections.map(({ from, to }) => `${from} ${to}`));
      return wanted.every(link => links.has(link)) ? links : undefined;
    });
    assert.deepEqual([...carried].toSorted(), wanted.toSorted());
  });

  it('lets a client feel a delay in every round trip', async () => {
    await lease({ from: 'client', to: net.name(lab.port), effect: { type: 'delay', milliseconds: 60 } });
    const began = performance.now();
    await ask(lab.port, undefined, 'SET', 'slow', 'but sure');
    assert.ok(performance.now() - began >= 60);
    assert.equal(await net.direct(lab.port, 'GET', 'slow'), 'but sure');
  });

  it('is cut by a fault and healed, and the rules are those of the faults that are on', async () => {
    client = await net.connect();
    const replica = lab.serverPorts[1]!;
    await lab.output('fault', 'cut', String(lab.port), String(replica));
    await lab.output('fault', 'delay', 'client:probe', String(lab.port), '--by', '100ms');
    const delay = {
      from: 'client:probe',
      to: net.name(lab.port),
      effect: { type: 'delay', milliseconds: 100 },
    };
    assert.deepEqual((await client.state()).rules, [net.rule(lab.port, replica), delay]);
    const faults = async (): Promise<readonly { id: string; type: string }[]> =>
      (JSON.parse(await lab.output('status', '--json')) as { faults: never }).faults;
    const [cut] = await faults();
    assert.equal(cut?.type, 'cut');
    await net.direct(lab.port, 'SET', 'cut', 'off');
    await until('something is held', async () =>
      (await client!.state()).connections.some(
        ({ from, to, held }) => from === net.name(replica) && to === net.name(lab.port) && held[1] > 0,
      ),
    );
    assert.equal(await net.direct(replica, 'GET', 'cut'), null);
    await lab.output('heal', cut.id);
    await until('it has come', async () => (await net.direct(replica, 'GET', 'cut')) === 'off');
    assert.deepEqual((await client.state()).rules, [delay]);
    await lab.output('heal');
    assert.deepEqual((await client.state()).rules, []);
    assert.deepEqual(await faults(), []);
  });

  it('gives orders only to those who know the token', async () => {
    const { port, token } = record();
    for (const words of [
      { do: 'hello', id: 1, token: token.replace(/.$/, letter => (letter === '0' ? '1' : '0')) },
      { do: 'setRules', id: 1, rules: [] },
    ]) {
      const socket = connect({ port, host: '127.0.0.1' });
      let text = '';
      socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
      socket.on('error', () => {});
      socket.write(`${JSON.stringify(words)}\n`);
      await once(socket, 'close');
      assert.equal(text, '');
    }
    await assert.rejects(
      lease({ from: 'redis-1', to: net.name(lab.port), effect: { type: 'cut' } }),
      /refused this: there is no node redis-1/,
    );
  });

  it('takes back the rules of a holder that is killed', async () => {
    const script = `
      const { port, token } = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
      const socket = require('net').connect({ port, host: '127.0.0.1' });
      const rules = [{ from: 'client', to: '${net.name(lab.port)}', effect: { type: 'cut' } }];
      socket.write([{ do: 'hello', id: 1, token }, { do: 'lease', id: 2, rules }].map(one => JSON.stringify(one) + '\\n').join(''));
      socket.pipe(process.stdout);`;
    const holder = spawn(process.execPath, ['-e', script, lab.file('run', 'network.json')]);
    let said = '';
    holder.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    await until('the rule holds', () => said.includes('"id":2'));
    client = await net.connect();
    assert.equal((await client.state()).leased.length, 1);
    const asked = ask(lab.port, undefined, 'PING').then(() =>
      ask(lab.port, undefined, 'SET', 'held', 'back'),
    );
    await until('something is held', async () =>
      (await client!.state()).connections.some(({ from, held }) => from === 'client' && held[0] > 0),
    );
    assert.equal(await net.direct(lab.port, 'GET', 'held'), null);
    holder.kill('SIGKILL');
    assert.equal(await asked, 'OK');
    assert.deepEqual((await client.state()).leased, []);
  });

  it('lets one Sentinel alone think that the master is down, when only its own link is cut', async () => {
    const [alone = 0, ...others] = lab.sentinelPorts;
    await lease(net.rule(alone, lab.port));
    await until('it thinks so', async () => (await net.known(alone)).flags.includes('s_down'));
    for (const port of others) assert.equal((await net.known(port)).flags, 'master');
    assert.ok(!(await net.known(alone)).flags.includes('o_down'));
    await lease();
    await until('it thinks so no more', async () => (await net.known(alone)).flags === 'master');
    assert.equal(await master(), lab.port);
  });

  it('takes the answers as well as the questions, when one direction between two Sentinels is cut', async () => {
    const [one = 0, two = 0, three = 0] = lab.sentinelPorts;
    await lease(net.rule(one, two));
    for (const [from, to] of [
      [one, two],
      [two, one],
    ] as const)
      await until(`${from} takes ${to} for down`, async () => (await flagsOf(from, to)).includes('s_down'));
    for (const other of [one, two]) assert.equal(await flagsOf(three, other), 'sentinel');
    for (const port of lab.sentinelPorts) assert.equal((await net.known(port)).flags, 'master');
    await lease();
    await until('they see each other again', async () =>
      (await Promise.all([flagsOf(one, two), flagsOf(two, one)])).every(flags => flags === 'sentinel'),
    );
  });

  it('keeps a replica fed whose acknowledgements are cut, and the master counts its silence', async () => {
    const replica = lab.serverPorts[1]!;
    const lagOf = async (): Promise<number> => {
      const lines = await Promise.all([0, 1].map(async at => net.field(lab.port, `slave${at}`)));
      return Number(/lag=(\d+)/.exec(lines.find(line => line.includes(`port=${replica},`)) ?? '')?.[1]);
    };
    assert.ok((await lagOf()) <= 2);
    await lease(net.rule(replica, lab.port));
    await until('the master has not heard of it for 3 s', async () => (await lagOf()) >= 3);
    await net.direct(lab.port, 'SET', 'told', 'all the same');
    await until(
      'the replica has it',
      async () => (await net.direct(replica, 'GET', 'told')) === 'all the same',
    );
    assert.equal(await net.field(replica, 'master_link_status'), 'up');
    await lease();
    await until('the master hears of it', async () => (await lagOf()) <= 1);
  });

  describe('whose master is cut off from all but its clients', () => {
    const old = (): number => lab.port;
    let chosen = 0;

    it('has two masters: the old one goes on to take writes', async () => {
      client = await net.connect();
      const others = lab.ports.filter(port => port !== old());
      await client.setRules(net.apart([old()], others));
      chosen = await until(
        'the Sentinels have a new master, and it knows',
        async () => {
          const known = await Promise.all(lab.sentinelPorts.map(async port => net.known(port)));
          const [first] = known;
          const agree = known.every(({ port, flags }) => port === first?.port && flags === 'master');
          if (!first || !agree || first.port === old()) return undefined;
          return (await net.field(first.port, 'role')) === 'master' ? first.port : undefined;
        },
        { timeout: 30_000 },
      );
      assert.equal(await net.field(old(), 'role'), 'master');
      assert.equal(await ask(old(), undefined, 'SET', 'written', 'to the old one'), 'OK');
      assert.equal(await ask(chosen, undefined, 'SET', 'kept', 'by the new one'), 'OK');
      const status = await lab.status();
      assert.ok(
        status.notReady.some(text => text.includes('2 nodes say they are master')),
        status.notReady.join('; '),
      );
    });

    it('has one when it is healed, and what the old one took is lost', async () => {
      client = await net.connect();
      await client.setRules([]);
      await until('the old one is a replica', async () => (await net.field(old(), 'role')) === 'slave', {
        timeout: 40_000,
      });
      await until('its link is up', async () => (await net.field(old(), 'master_link_status')) === 'up');
      await ready();
      assert.equal(await net.field(old(), 'master_port'), String(chosen));
      assert.equal(await net.direct(old(), 'GET', 'written'), null);
      assert.equal(await net.direct(old(), 'GET', 'kept'), 'by the new one');
    });

    it('is told in the logs by the known ports, as without a network', async () => {
      const files = readdirSync(lab.file('log')).map(name => lab.file('log', name));
      const report = JSON.parse(outputOf(await runCli(['report', '--json', ...files]))) as {
        nodes: { port: number }[];
        failovers: { from: { port: number }; to: { port: number }; outcome: string }[];
      };
      assert.deepEqual(
        report.nodes.map(({ port }) => port).toSorted((a, b) => a - b),
        lab.ports.toSorted((a, b) => a - b),
      );
      const last = report.failovers.findLast(({ outcome }) => outcome === 'succeeded');
      assert.deepEqual([last?.from.port, last?.to.port], [old(), chosen]);
    });
  });

  describe('whose nodes and network are killed', () => {
    it('refuses connections to a node that was killed, as without a network', async () => {
      const replica = lab.serverPorts.at(-1)!;
      const target = (await master()) === replica ? lab.serverPorts.at(-2)! : replica;
      await lab.output('kill', String(target));
      await until('it is refused', async () => (await refusal(target)) === 'ECONNREFUSED');
      await lab.output('start', String(target));
      assert.equal(await ask(target, undefined, 'PING'), 'PONG');
      await ready();
    });

    it('says so when the network itself is killed, and `up` starts it again, with the faults that are on', async () => {
      const [from = 0, to = 0] = lab.serverPorts;
      await lab.output('fault', 'lossy', String(from), String(to), '--share', '0.1');
      const faultIds = async (): Promise<readonly string[]> => {
        const { faults } = JSON.parse(await lab.output('status', '--json')) as { faults: { id: string }[] };
        return faults.map(({ id }) => id);
      };
      const { pid } = record();
      process.kill(pid, 'SIGKILL');
      await until('it is gone', () => !isAlive(pid));
      assert.deepEqual(await network(), { state: 'crashed', pid: null });
      const status = await lab.status();
      assert.match(status.notReady[0] ?? '', /^the network of the lab has ended unexpectedly/);
      assert.deepEqual(await faultIds(), ['f1']);
      await assert.rejects(net.connect(), /network of this lab does not run/);
      await lab.output('up');
      assert.notEqual(record().pid, pid);
      assert.equal((await network()).state, 'running');
      assert.deepEqual(await faultIds(), ['f1']);
      const rules = async (): Promise<readonly LinkRule[]> => {
        const client = await net.connect();
        return (await client.state().finally(() => client.dispose())).rules;
      };
      assert.deepEqual(await rules(), [net.rule(from, to, { type: 'lossy', share: 0.1 })]);
      await lab.output('heal');
      assert.deepEqual(await rules(), []);
      assert.deepEqual(await faultIds(), []);
      assert.equal((await lab.status()).ready, true);
    });

    it('is whole again when a fault is undone while no network runs', async () => {
      await lab.output('fault', 'cut', 'master', 'replica');
      const { pid } = record();
      process.kill(pid, 'SIGKILL');
      await until('it is gone', () => !isAlive(pid));
      await lab.output('heal');
      await lab.output('up');
      const client = await net.connect();
      assert.deepEqual((await client.state().finally(() => client.dispose())).rules, []);
    });

    it('names the program that has the port of a node, and starts nothing', async () => {
      await lab.output('down');
      const foreign = await ForeignRedis.start(lab.port, lab.dir);
      try {
        const text = await lab.error('up');
        assert.ok(text.includes(`Port ${lab.port} is in use by`) && text.includes(String(foreign.pid)), text);
        assert.deepEqual(lab.pids(), [foreign.pid]);
      } finally {
        await foreign.end();
      }
    });

    it('is ended by `down` when the command that started it was killed in the middle', async () => {
      const up = lab.start('up');
      await until('the network runs', () => existsSync(lab.file('run', 'network.json')));
      up.child.kill('SIGKILL');
      await up.ended;
      await until('no node is being started', async () =>
        lab.output('down').then(() => lab.pids().length === 0),
      );
      assert.deepEqual(
        readdirSync(lab.file('run')).filter(name => name.startsWith('network')),
        [],
      );
    });

    it('is gone after `down`, with all that it left on disk', async () => {
      await lab.output('up');
      assert.equal(lab.pids().length, 7);
      await lab.output('down');
      assert.deepEqual(lab.pids(), []);
      assert.deepEqual(readdirSync(lab.file('run')), []);
      assert.deepEqual(await network(), { state: 'stopped', pid: null });
    });
  });
});

describe('a lab with a network and a password', () => {
  const net = useNetworkLab({ replicas: 1, sentinels: 1, password: 'open-sesame', isLater: true });
  const { lab } = net;

  it('knows who opened a connection behind their passwords', async () => {
    await lab.create();
    await lab.output('up');
    const client = await net.connect();
    const [server = 0, replica = 0] = lab.serverPorts;
    const [sentinel = 0] = lab.sentinelPorts;
    const wanted = [
      `${net.name(replica)} ${net.name(server)}`,
      `${net.name(sentinel)} ${net.name(replica)}`,
      `${net.name(sentinel)} ${net.name(server)}`,
    ];
    await until('all connections are known', async () => {
      const { connections } = await client.state();
      const links = new Set(connections.map(({ from, to }) => `${from} ${to}`));
      return wanted.every(link => links.has(link)) && links.size === wanted.length;
    });
    client.dispose();
  });
});

describe('a lab with a network whose servers cannot announce where they are', () => {
  const net = useNetworkLab({ replicas: 1, sentinels: 1, isLater: true });
  const { lab } = net;

  it('has its replicas announced by the network', async () => {
    await lab.create();
    for (const port of lab.serverPorts) {
      const conf = lab.file('conf', `${net.name(port)}.conf`);
      const lines = readFileSync(conf, 'utf8').split('\n');
      writeFileSync(conf, lines.filter(line => !/^(?:replica|slave)-announce/.test(line)).join('\n'));
    }
    await lab.output('up');
    const [server = 0, replica = 0] = lab.serverPorts;
    assert.match(await net.field(server, 'slave0'), new RegExp(`port=${replica},`));
    const client = await net.connect();
    const { connections } = await client.state();
    assert.ok(connections.some(({ from, to }) => from === net.name(replica) && to === net.name(server)));
    client.dispose();
    assert.equal((await lab.status()).ready, true);
  });

  it('prints how to start it all by hand, the network first', async () => {
    const [first = '', second = ''] = (await lab.output('commands', '--shell', 'bash')).split('\n');
    assert.ok(first.includes('network.js') && first.endsWith(lab.dir), first);
    assert.ok(second.includes(`redis-${lab.port}.conf`), second);
  });

  it('makes labs only where there is room for a second port of each node', async () => {
    const sentinel = listenPortOf(lab.port);
    const text = errorOf(
      await runCli([
        'create',
        `${lab.dir}-2`,
        ...[
          '--network',
          '--port',
          String(lab.port),
          '--sentinel-port',
          String(sentinel),
          '--redis',
          'redis-server',
        ],
      ]),
      1,
    );
    assert.match(text, new RegExp(`node ${lab.port} listens on port ${sentinel}`));
  });
});
