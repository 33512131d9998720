import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readBuiltInDrills, readDrillFile, readDrillFiles } from '../../../src/node/files/drillFiles';
import { useTemporaryFolder } from '../../support/temporaryFolder';

describe('the files of drills', () => {
  const folder = useTemporaryFolder();

  it('that are built in come as one', () => {
    const packed = { scenarios: { a: '{ "act": [] }', b: '// b' }, exercises: { c: '{}' } };
    writeFileSync(path.join(folder.dir, 'drills.json'), JSON.stringify(packed));
    assert.deepEqual(readBuiltInDrills(folder.dir), {
      scenarios: [
        { name: 'a', text: '{ "act": [] }' },
        { name: 'b', text: '// b' },
      ],
      exercises: [{ name: 'c', text: '{}' }],
    });
  });

  it('of people are found by their end and named without it', () => {
    const own = path.join(folder.dir, 'own');
    mkdirSync(own);
    for (const name of ['second.scenario.json', 'first.scenario.json', 'lab.json', 'notes.txt'])
      writeFileSync(path.join(own, name), name);
    assert.deepEqual(readDrillFiles(own), [
      { name: 'first', text: 'first.scenario.json' },
      { name: 'second', text: 'second.scenario.json' },
    ]);
    assert.equal(readDrillFile(path.join(own, 'lab.json')).name, 'lab');
    assert.deepEqual(readDrillFiles(path.join(folder.dir, 'missing')), []);
  });
});
