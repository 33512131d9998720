import assert from 'node:assert/strict';
import { readLinuxStat } from '../../../src/node/process/linuxStat';

/** A line of a redis-server with these fields. */
function line(state: string, threads: number, name = 'redis-server'): string {
  return `4711 (${name}) ${state} 1 4711 4711 0 -1 4194560 1523 0 0 0 6 4 0 0 20 0 ${threads} 0 5012345 68608000 2048\n`;
}

describe('what Linux says of a process', () => {
  it('is that it runs, and since when', () => {
    assert.deepEqual(readLinuxStat(line('S', 5)), { state: 'running', startTime: '5012345' });
    assert.equal(readLinuxStat(line('R', 5)).state, 'running');
    assert.equal(readLinuxStat(line('D', 5)).state, 'running');
  });

  it('is that it is frozen', () => {
    assert.equal(readLinuxStat(line('T', 5)).state, 'frozen');
    assert.equal(readLinuxStat(line('t', 5)).state, 'frozen');
  });

  it('is that a killed one still ends: its port is not free before its last thread is gone', () => {
    assert.equal(readLinuxStat(line('Z', 2)).state, 'ending');
    assert.equal(readLinuxStat(line('Z', 1)).state, 'gone');
    assert.equal(readLinuxStat(line('Z', 0)).state, 'gone');
    assert.equal(readLinuxStat(line('X', 0)).state, 'gone');
  });

  it('is read behind a name with blanks and parentheses', () => {
    assert.deepEqual(readLinuxStat(line('S', 5, 'a) Z 1 (b')), { state: 'running', startTime: '5012345' });
  });
});
