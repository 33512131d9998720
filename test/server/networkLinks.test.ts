import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenPortOf } from '../../src/core/network/listenPort';
import type { LinkRule } from '../../src/core/network/linkRule';
import type { Lab } from '../../src/core/model/lab';
import { LabNetwork } from '../../src/node/network/labNetwork';
import { freePorts } from '../support/freePorts';
import { labOf } from '../support/labs';
import { until } from '../support/until';

const megabyte = 1024 * 1024;

describe('what goes through the network of a lab', () => {
  let lab: Lab;
  let network: LabNetwork;
  let port: number;
  let node: string;
  let server: Server | undefined;
  const sockets: Socket[] = [];

  /** Takes the place of a node. */
  async function serve(onConnection: (socket: Socket) => void): Promise<void> {
    server = createServer({ allowHalfOpen: true }, socket => {
      sockets.push(socket);
      socket.on('error', () => {});
      onConnection(socket);
    });
    server.listen(listenPortOf(port), '127.0.0.1');
    await once(server, 'listening');
    await network.open([node]);
  }

  async function dial(): Promise<Socket> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    sockets.push(socket);
    await once(socket, 'connect');
    socket.on('error', () => {});
    return socket;
  }

  const echo = (socket: Socket): void => void socket.pipe(socket);
  const rule = (from: string, to: string, effect: LinkRule['effect'] = { type: 'cut' }): LinkRule => ({
    from,
    to,
    effect,
  });
  const cutBoth = (): readonly LinkRule[] => [rule('client', node), rule(node, 'client')];
  const next = async (socket: Socket): Promise<string> =>
    String(((await once(socket, 'data')) as [Buffer])[0]);

  /** Everything a socket gets, as it comes. */
  function gather(socket: Socket): { text: string; isEnded: boolean; error: string | undefined } {
    const got = { text: '', isEnded: false, error: undefined as string | undefined };
    socket.on('data', (bytes: Buffer) => (got.text += bytes.toString()));
    socket.on('end', () => (got.isEnded = true));
    socket.on('error', (error: NodeJS.ErrnoException) => (got.error = error.code));
    return got;
  }

  beforeEach(async () => {
    const [first = 0, second = 0] = await freePorts(2, listenPortOf);
    port = first;
    node = `redis-${first}`;
    lab = labOf(
      JSON.stringify({ network: true, servers: [{ port: first }, { port: second, replicaOf: first }] }),
    );
    network = new LabNetwork(lab, async () => undefined, 1);
  });

  afterEach(async () => {
    network.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    if (server?.listening) {
      server.close();
      await once(server, 'close');
    }
    server = undefined;
  });

  it('comes out as it went in, in both directions, whole and in order', async () => {
    await serve(echo);
    const socket = await dial();
    const sent = Buffer.concat([Buffer.from('SET '), randomBytes(20 * megabyte)]);
    const received = buffer(socket);
    for (let at = 0; at < sent.length;) {
      const end = Math.min(sent.length, at + 1 + Math.floor(Math.random() * 200_000));
      if (!socket.write(sent.subarray(at, end))) await once(socket, 'drain');
      at = end;
    }
    socket.end();
    const digest = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');
    assert.equal(digest(await received), digest(sent));
    await until('the connection is gone', () => network.state.connections.length === 0);
  });

  it('makes who sends too fast wait, and holds only so much', async () => {
    const got: Socket[] = [];
    await serve(socket => got.push(socket.pause()));
    const socket = await dial();
    socket.write('SET ');
    const chunk = Buffer.alloc(megabyte, 'x');
    let sent = 0;
    while (sent < 200 && socket.write(chunk)) sent++;
    const drained = await Promise.race([
      (async () => {
        while (sent++ < 100) if (!socket.write(chunk)) await once(socket, 'drain');
        return true;
      })(),
      sleep(500).then(() => false),
    ]);
    assert.equal(drained, false, 'somebody took a hundred megabytes that nobody read');
    const [connection] = network.state.connections;
    assert.ok((connection?.held[0] ?? 0) < 8 * megabyte);
    for (const one of got) one.resume();
    await until('the sender gets rid of all', () => socket.writableLength === 0, { timeout: 20_000 });
  });

  it('is refused while the node takes no connections, and taken when it does', async () => {
    const refused = async (): Promise<boolean> =>
      new Promise(resolve => {
        const socket = connect({ port, host: '127.0.0.1' });
        socket.once('connect', () => {
          socket.destroy();
          resolve(false);
        });
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
      });
    assert.equal(await refused(), true);
    await serve(echo);
    assert.equal(await refused(), false);
    const socket = await dial();
    const got = gather(socket);
    socket.write('SET 1\r\n');
    await until('the echo', () => got.text === 'SET 1\r\n');
    server?.close();
    for (const other of sockets) if (other !== socket) other.destroy();
    await until('the client learns that the node is gone', () => socket.readableEnded || socket.destroyed);
    await until('the port is closed', refused);
  });

  it('is held while its link is cut, and comes when it is healed', async () => {
    await serve(echo);
    const socket = await dial();
    socket.write('SET 1\r\n');
    assert.equal(await next(socket), 'SET 1\r\n');
    await network.setRules([rule(node, 'client')]);
    const got = gather(socket);
    socket.write('2');
    await until('the answer is held', () => network.state.connections[0]?.held[1] === 1);
    await network.setRules([rule('client', node)]);
    await until('the answer comes', () => got.text === '2');
    socket.write('3');
    await until('the question is held', () => network.state.connections[0]?.held[0] === 1);
    await network.setRules([]);
    await until('it is answered', () => got.text === '23');
  });

  it('does not tell through a cut link that a connection ended, nor that the node is gone', async () => {
    const ends: string[] = [];
    await serve(socket => {
      // Who says nothing is the network, which looks whether the node is there.
      socket.once('data', () =>
        socket.on('end', () => ends.push('end')).on('close', () => ends.push('close')),
      );
      socket.pipe(socket);
    });
    const [staying, leaving] = [await dial(), await dial()];
    for (const socket of [staying, leaving]) {
      socket.write('SET 1\r\n');
      await next(socket);
    }
    await network.setRules(cutBoth());
    leaving.destroy();
    const got = gather(staying);
    staying.write('2');
    await until('it is held', () => network.state.connections.some(({ held }) => held[0] === 1));
    // Whoever comes now is let in, and hears nothing, although nobody is there any more.
    server?.close();
    const late = gather(await dial());
    assert.deepEqual([...ends], []);
    const silence = { text: '', isEnded: false, error: undefined };
    assert.deepEqual([got, late], [silence, silence]);
    await network.setRules([]);
    await until('the end is told', () => ends.includes('close'));
    await until('what was held is answered', () => got.text === '2');
  });

  it('lets a connection to a node that is not there hang behind a cut link, and tells when it is healed', async () => {
    await network.setRules(cutBoth());
    const socket = await dial();
    const got = gather(socket);
    socket.write('SET 1\r\n');
    await until('it is known who it is', () => network.state.connections[0]?.from === 'client');
    assert.equal(socket.destroyed, false);
    await network.setRules([]);
    await until('it is refused in the end', () => socket.destroyed || got.isEnded);
  });

  it('is reset where the node resets', async () => {
    await serve(socket => socket.once('data', () => socket.resetAndDestroy()));
    const socket = await dial();
    const got = gather(socket);
    socket.write('SET 1\r\n');
    await until('the reset', () => got.error === 'ECONNRESET');
  });

  it('takes as long as the delay says in each direction, and keeps its order', async () => {
    await serve(echo);
    const socket = await dial();
    socket.write('SET 1\r\n');
    await next(socket);
    await network.setRules([
      rule('client', node, { type: 'delay', milliseconds: 80 }),
      rule(node, 'client', { type: 'delay', milliseconds: 40 }),
    ]);
    const began = performance.now();
    const got = gather(socket);
    for (const word of ['a', 'b', 'c', 'd']) {
      socket.write(word);
      await sleep(1);
    }
    await until('all are back', () => got.text === 'abcd', { every: 1 });
    assert.ok(performance.now() - began >= 120);
  });

  it('is late on a lossy link where it was lost, and complete', async () => {
    await serve(echo);
    const socket = await dial();
    socket.write('SET 1\r\n');
    await next(socket);
    await network.setRules([rule('client', node, { type: 'lossy', share: 0.3 })]);
    const got = gather(socket);
    const times: number[] = [];
    for (let count = 1; count <= 8; count++) {
      const began = performance.now();
      socket.write('x');
      await until('the echo', () => got.text.length === count, { every: 1 });
      times.push(performance.now() - began);
    }
    assert.ok(
      times.some(time => time >= 200),
      times.join(' '),
    );
  });

  it('obeys who holds a lease as long as it is held', async () => {
    await serve(echo);
    const socket = await dial();
    socket.write('SET 1\r\n');
    await next(socket);
    const lease = network.lease();
    await lease.set([rule('client', node)]);
    const got = gather(socket);
    socket.write('2');
    await until('it is held', () => network.state.connections[0]?.held[0] === 1);
    assert.equal(network.state.leased.length, 1);
    await lease.end();
    await until('it comes', () => got.text === '2');
    assert.deepEqual(network.state.leased, []);
  });

  it('does not obey rules about nodes that are not there', async () => {
    await assert.rejects(network.setRules([rule('redis-1', node)]), /no node redis-1/);
    assert.deepEqual(network.state.rules, []);
  });

  it('goes to the nodes of an edited lab.json', async () => {
    await serve(echo);
    const [, second] = lab.nodes;
    network.change(labOf(JSON.stringify({ network: true, servers: [{ port: second?.port }] })));
    assert.deepEqual(
      network.state.doors.map(door => door.port),
      [second?.port],
    );
  });
});
