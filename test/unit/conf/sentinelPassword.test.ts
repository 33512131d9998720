import assert from 'node:assert/strict';
import { sentinelCanKeep } from '../../../src/core/conf/sentinelConf';

describe('sentinelCanKeep', () => {
  for (const password of ['secret', 'C0rrect#horse\\battery', '한글', 'a-b_c.d:e/f'])
    it(`takes ${JSON.stringify(password)}`, () => assert.ok(sentinelCanKeep(password)));

  // A Redis 7.0 wrote `sentinel auth-pass mymaster p w"x` into its conf, and did not start with it again.
  for (const password of ['two words', 'say "no"', "it's", 'a\tb', 'a\nb'])
    it(`refuses ${JSON.stringify(password)}, which a Sentinel writes without quotes`, () =>
      assert.ok(!sentinelCanKeep(password)));
});
