import assert from 'node:assert/strict';
import { readLogLine } from '../../../src/core/log/logLine';
import { LogTime } from '../../../src/lab/logTime';

const timeOf = (line: string): ReturnType<typeof readLogLine>['time'] => readLogLine(line).time;
const summer = new Date(2026, 6, 1, 12).getTime();
const newYear = new Date(2027, 0, 2, 12).getTime();

describe('LogTime', () => {
  it('reads a time without a zone as that of this machine', () => {
    const time = new LogTime(summer);
    assert.equal(
      time.at(timeOf('1:M 30 Jun 2026 10:20:30.456 # x')),
      new Date(2026, 5, 30, 10, 20, 30, 456).getTime(),
    );
  });

  it('reads a zone where the line has one', () => {
    const line = 'pid=1 role=primary timestamp="2026-06-30T10:20:30.456+02:00" level=notice message="x"';
    assert.equal(new LogTime(summer).at(timeOf(line)), Date.parse('2026-06-30T10:20:30.456+02:00'));
  });

  it('takes a log without years for one of the last twelve months', () => {
    const time = new LogTime(newYear);
    assert.equal(
      time.at(timeOf('[1] 30 Dec 10:20:30.456 # x')),
      new Date(2026, 11, 30, 10, 20, 30, 456).getTime(),
    );
    assert.equal(
      time.at(timeOf('[1] 01 Jan 10:20:30.456 # x')),
      new Date(2027, 0, 1, 10, 20, 30, 456).getTime(),
    );
  });

  it('does not go back by a little: a signal is logged in whole seconds, and summer time ends', () => {
    const time = new LogTime(summer);
    const before = time.at(timeOf('1:M 30 Jun 2026 10:20:30.900 # x'));
    assert.equal(time.at(timeOf('1:M 30 Jun 2026 10:20:30.000 # x')), before);
    assert.equal(time.at(timeOf('1:M 30 Jun 2026 09:30:00.000 # x')), before);
    assert.equal(time.at(undefined), before);
  });

  it('leaves a line of a signal handler, which is in UTC, where it stands', () => {
    const time = new LogTime(summer);
    const before = time.at(timeOf('1:M 30 Jun 2026 10:20:30.900 # x'));
    assert.equal(time.at(timeOf('1:signal-handler (1782829231) Received SIGTERM')), before);
  });

  it('follows a clock that was set back by much', () => {
    const time = new LogTime(summer);
    time.at(timeOf('1:M 30 Jun 2027 10:20:30.900 # x'));
    assert.equal(
      time.at(timeOf('1:M 30 Jun 2026 10:20:31.000 # x')),
      new Date(2026, 5, 30, 10, 20, 31).getTime(),
    );
  });
});
