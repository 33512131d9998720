import assert from 'node:assert/strict';
import { addErrors, classOfFailure, classOfReply } from '../../../src/core/probe/errorClass';

describe('the class of an error', () => {
  for (const [message, expected] of [
    ["READONLY You can't write against a read only replica.", 'READONLY'],
    ["READONLY You can't write against a read only slave.", 'READONLY'],
    ['NOREPLICAS Not enough good slaves to write.', 'NOREPLICAS'],
    [
      'MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.',
      'MISCONF',
    ],
    ['LOADING Redis is loading the dataset in memory', 'LOADING'],
    ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", 'MASTERDOWN'],
    ['CLUSTERDOWN The cluster is down', 'CLUSTERDOWN'],
    ['NOAUTH Authentication required.', 'NOAUTH'],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'NOAUTH'],
    ['NOPERM this user has no permissions', 'NOAUTH'],
    ['ERR invalid password', 'NOAUTH'],
    ['ERR operation not permitted', 'NOAUTH'],
    ["OOM command not allowed when used memory > 'maxmemory'.", 'other'],
    ['', 'other'],
  ] as const)
    it(`of a reply: ${message || '(nothing)'}`, () => assert.equal(classOfReply(message), expected));

  for (const [error, expected] of [
    [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:6379' }, 'ECONNREFUSED'],
    [{ code: 'ECONNRESET', message: 'read ECONNRESET' }, 'ECONNRESET'],
    [{ code: 'EPIPE', message: 'write EPIPE' }, 'ECONNRESET'],
    [{ message: 'Connection is closed.' }, 'ECONNRESET'],
    [{ message: 'Reached the max retries per request limit (which is 0).' }, 'ECONNRESET'],
    [{ message: 'Command timed out' }, 'TIMEOUT'],
    [{ code: 'ETIMEDOUT', message: 'connect ETIMEDOUT' }, 'TIMEOUT'],
    [{ message: 'NOAUTH Authentication required.' }, 'NOAUTH'],
    [{ message: 'something else' }, 'other'],
  ] as const)
    it(`of a connection: ${error.message}`, () => assert.equal(classOfFailure(error), expected));

  it('is added up by class', () => {
    assert.deepEqual(addErrors({ READONLY: 2, other: 1 }, { READONLY: 3, TIMEOUT: 4 }), {
      READONLY: 5,
      other: 1,
      TIMEOUT: 4,
    });
  });
});
