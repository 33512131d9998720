import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readDiagnosis } from '../../src/node/files/readDiagnosis';

/**
 * A folder of recorded scenarios, `<version>/<scenario>/logs/*.log`, with scenarios named by what was done. Set
 * REDIS_HA_LAB_RECORDINGS to it; without it these tests are skipped.
 */
const recordings = process.env['REDIS_HA_LAB_RECORDINGS'] ?? '';

/** What must be found in a scenario, and what may be found beside it. None: nothing may be. */
const expected: readonly (readonly [scenario: RegExp, must: readonly string[], may?: readonly string[]])[] = [
  [/^e_|^b_full_partial|^g_|^b_diskless|^a_standalone/, []],
  [/^a_aof/, ['data-not-loadable']],
  [/^b_replica_first/, ['master-unreachable', 'hostname-not-resolved']],
  [
    /^c_auth/,
    ['masterauth-missing', 'sentinel-auth-pass-missing'],
    ['acl-user-too-narrow', 'failover-retry-delay'],
  ],
  [/^d_save_denied/, ['misconf-save-failed'], ['data-not-loadable', 'master-unreachable']],
  [/^d_dir_removed/, ['misconf-save-failed']],
  [/^f_master_hung/, ['master-hung', 'split-brain-writes-lost']],
  [/^h_quorum_unreachable/, ['too-few-sentinels'], ['failover-retry-delay']],
  [/^h_not_elected/, ['too-few-sentinels', 'failover-retry-delay']],
  [/^i_priority_zero/, ['no-replica-eligible', 'failover-retry-delay']],
  [/^i_replicas_dead/, ['replicas-down-too-long', 'failover-retry-delay']],
  [/^j_dup_myid/, [], ['duplicate-myid']],
  [/^j_master_reboot/, [], ['master-hung']],
  [/^j_tilt/, ['tilt-mode']],
  [/^j_admin|^j_fix_replica/, []],
  [/^k_/, ['server-crashed'], ['failover-retry-delay']],
  [/^l_chain/, ['master-unreachable']],
  [/^m_output_buffer/, ['replica-output-buffer', 'backlog-too-small']],
  [/^m_timeouts/, ['repl-timeout']],
  [/^m_transfer_timeout/, ['repl-timeout']],
  [/^o_crash_report/, ['server-crashed']],
  [/^o_persistence_slow|^o_maxclients/, []],
];

describe('recorded scenarios', function () {
  this.timeout(120_000);

  it('are found at REDIS_HA_LAB_RECORDINGS (else nothing is checked here)', function () {
    if (!existsSync(recordings)) this.skip();
    assert.ok(scenarios().length > 0);
  });

  for (const { name, folder } of scenarios()) {
    const rules = expected.find(([pattern]) => pattern.test(path.basename(folder)));
    if (!rules) continue;
    it(name, async () => {
      const logs = readdirSync(path.join(folder, 'logs'))
        .filter(file => file.endsWith('.log'))
        .map(file => path.join(folder, 'logs', file));
      const { findings } = await readDiagnosis(logs, undefined);
      const found = new Set(findings.map(({ rule }) => rule));
      const [, must, may = []] = rules;
      assert.deepEqual(
        [...found].filter(rule => !must.includes(rule) && !may.includes(rule)),
        [],
        'unfitting findings',
      );
      assert.deepEqual(
        must.filter(rule => !found.has(rule)),
        [],
        'missing findings',
      );
    });
  }
});

function scenarios(): readonly { readonly name: string; readonly folder: string }[] {
  if (!existsSync(recordings)) return [];
  return readdirSync(recordings, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(version =>
      readdirSync(path.join(recordings, version.name)).map(scenario => ({
        name: `${version.name}/${scenario}`,
        folder: path.join(recordings, version.name, scenario),
      })),
    )
    .filter(({ folder }) => existsSync(path.join(folder, 'logs')));
}
