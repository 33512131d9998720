import assert from 'node:assert/strict';
import { listenPortOf } from '../../../src/core/network/listenPort';

const all = Array.from({ length: 65_535 }, (_, index) => index + 1);

describe('listenPortOf', () => {
  it('gives every port another one that exists and needs no rights', () => {
    for (const port of all) {
      const own = listenPortOf(port);
      assert.notEqual(own, port);
      assert.ok(own >= 1_024 && own <= 65_535, `${port}: ${own}`);
    }
  });

  it('stays out of where Linux takes ports for outgoing connections, unless the port itself is there', () => {
    for (const port of all.filter(one => one < 32_768)) assert.ok(listenPortOf(port) < 32_768, String(port));
  });

  it('gives the usual lab six ports of their own', () => {
    const ports = [6379, 6380, 6381, 26379, 26380, 26381];
    assert.equal(new Set([...ports, ...ports.map(listenPortOf)]).size, 12);
  });
});
