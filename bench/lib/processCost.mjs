import { readFileSync } from 'node:fs';

/** User and system time of a process so far. @param {number} pid */
export function cpuMilliseconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // In ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** @param {number} pid */
export function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
