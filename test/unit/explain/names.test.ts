import assert from 'node:assert/strict';
import { Names } from '../../../src/core/explain/names';

const id = (letter: string): string => letter.repeat(40);
const linked = (links: readonly (readonly [string, string])[]): Names =>
  new Names({
    files: [],
    addressOfId: new Map(links),
    idOfAddress: new Map(links.map(([first, second]) => [second, first])),
  });

describe('Names', () => {
  it('call a Sentinel by its port, whether a line has its id or its address', () => {
    const names = linked([[id('a'), '127.0.0.1:26381']]);
    assert.equal(names.of(id('a')), 'sentinel-26381');
    assert.equal(names.of('127.0.0.1:26381'), 'sentinel-26381');
  });

  it('take the whole address where two machines use the same port', () => {
    const names = linked([
      [id('a'), '10.0.0.1:26379'],
      [id('b'), '10.0.0.2:26379'],
      [id('c'), '[::1]:26380'],
    ]);
    assert.equal(names.of(id('a')), 'sentinel-10.0.0.1:26379');
    assert.equal(names.of(id('c')), 'sentinel-26380');
  });

  it('know the Sentinel that wrote a file', () => {
    const files = [
      { file: 's.log', kind: 'sentinel' as const, port: 26379, id: id('d'), address: '127.0.0.1:26379' },
    ];
    const names = new Names({ files, addressOfId: new Map(), idOfAddress: new Map() });
    assert.equal(names.of(id('d')), 'sentinel-26379');
  });

  it('cut an id short that nobody can name, and leave anything else', () => {
    const names = linked([]);
    assert.equal(names.of(id('e')), 'eeeeeeee…');
    assert.equal(names.of('*'), '*');
    assert.equal(names.of('127.0.0.1:5000'), '127.0.0.1:5000');
  });
});
