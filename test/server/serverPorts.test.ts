import assert from 'node:assert/strict';
import type { Server } from 'node:net';
import { findFreeBlock } from '../../src/node/freePorts';
import { isListening, isPortFree, portOwner } from '../../src/node/process/portOwner';
import { freePorts } from '../support/freePorts';
import { close, ForeignRedis, listenOn } from './support/foreign';
import { useLabFolder } from './support/labFolder';
import { testVersion } from './support/testServer';

describe('ports', () => {
  const servers: Server[] = [];
  const nothing: ReadonlySet<number> = new Set();
  let ports: readonly number[] = [];

  beforeEach('some free ports', async () => {
    ports = await freePorts(4);
  });
  afterEach('nothing listens any more', async () => {
    for (const server of servers.splice(0)) await close(server);
  });
  const listen = async (port: number, host?: string): Promise<void> => {
    servers.push(await listenOn(port, host));
  };

  it('are free when nothing listens', async () => {
    for (const port of ports) {
      assert.equal(await isPortFree(port), true);
      assert.equal(await isListening(port), false);
      assert.equal((await portOwner(port)).pid, undefined);
    }
  });

  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    it(`are taken by a listener on ${host}, whose program is named`, async () => {
      const [port = 0] = ports;
      await listen(port, host);
      assert.equal(await isPortFree(port), false);
      assert.equal(await isListening(port), true);
      const owner = await portOwner(port);
      assert.equal(owner.pid, process.pid);
      assert.ok(owner.name);
    });
  }

  it('are found as a block where they are wanted', async () => {
    assert.deepEqual(await findFreeBlock(ports[0]!, 4, nothing), { first: ports[0], taken: undefined });
  });

  it('are found elsewhere when one is taken, which is named', async () => {
    await listen(ports[2]!);
    const block = await findFreeBlock(ports[0]!, 4, nothing);
    assert.ok(block);
    assert.equal(block.taken, ports[2]);
    assert.notEqual(block.first, ports[0]);
    for (let port = block.first; port < block.first + 4; port++) assert.equal(await isPortFree(port), true);
  });

  it('of another lab are left alone although nothing listens', async () => {
    const block = await findFreeBlock(ports[0]!, 4, new Set([ports[3]!]));
    assert.equal(block?.taken, ports[3]);
    assert.notEqual(block?.first, ports[0]);
  });

  it('beyond the highest are not offered', async () => {
    assert.equal(await findFreeBlock(65_534, 4, nothing), undefined);
  });
});

describe('the owner of a port', () => {
  const folder = useLabFolder(async () => foreign?.end());
  let foreign: ForeignRedis | undefined;

  it('is a Redis with its name and pid', async () => {
    const [port = 0] = await freePorts(1);
    foreign = await ForeignRedis.start(port, folder.dir);
    const owner = await portOwner(port);
    assert.equal(owner.pid, foreign.pid);
    assert.match(owner.name ?? '', new RegExp(`^${testVersion.product}`));
    await foreign.end();
    assert.equal((await portOwner(port)).pid, undefined);
  });
});
