import assert from 'node:assert/strict';
import { readHelloViews } from '../../../src/core/model/helloView';

describe('what a Sentinel heard of the others', () => {
  it('is read from SENTINEL SENTINELS, one flat list each', () =>
    assert.deepEqual(
      readHelloViews([
        [
          'name',
          'a'.repeat(40),
          'ip',
          '127.0.0.1',
          'port',
          '26380',
          'last-hello-message',
          '712',
          'voted-leader',
          '?',
        ],
        ['name', 'b'.repeat(40), 'ip', '10.0.0.2', 'port', '26381', 'last-hello-message', '0'],
      ]),
      [
        { host: '127.0.0.1', port: 26_380, heardBefore: 712 },
        { host: '10.0.0.2', port: 26_381, heardBefore: 0 },
      ],
    ));

  it('leaves out what tells of no hello', () => {
    assert.deepEqual(readHelloViews([['port', '26380'], 'x', ['last-hello-message', 'soon'], []]), []);
    for (const reply of [undefined, null, 'ERR', 7, {}]) assert.deepEqual(readHelloViews(reply), []);
  });
});
