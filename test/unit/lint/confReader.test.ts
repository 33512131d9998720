import assert from 'node:assert/strict';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfReader } from '../../../src/node/files/confReader';
import { useTemporaryFolder } from '../../support/temporaryFolder';

describe('ConfReader', () => {
  const folder = useTemporaryFolder();
  const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 80));

  it('reads a conf once, and again when it has changed', async () => {
    const file = path.join(folder.dir, 'a.conf');
    const reader = new ConfReader();
    writeFileSync(file, 'port 1\n');
    assert.equal((await reader.read(file))?.text, 'port 1\n');
    // The same size a moment later: times alone would not tell it.
    writeFileSync(file, 'port 2\n');
    assert.equal((await reader.read(file))?.text, 'port 2\n');
    await settle();
    const first = await reader.read(file);
    assert.equal(await reader.read(file), first);
    const old = new Date(2020, 1, 1);
    writeFileSync(file, 'port 3\n');
    utimesSync(file, old, old);
    assert.equal((await reader.read(file))?.text, 'port 3\n');
    rmSync(file);
    assert.equal(await reader.read(file), undefined);
  });

  it('knows the confs of a folder, new ones too', async () => {
    const reader = new ConfReader();
    writeFileSync(path.join(folder.dir, 'b.conf'), '');
    await settle();
    assert.deepEqual(await reader.confsIn(folder.dir), [path.join(folder.dir, 'b.conf')]);
    writeFileSync(path.join(folder.dir, 'C.CONF'), '');
    writeFileSync(path.join(folder.dir, 'd.log'), '');
    assert.equal((await reader.confsIn(folder.dir)).length, 2);
    assert.deepEqual(await reader.confsIn(path.join(folder.dir, 'none')), []);
  });
});
