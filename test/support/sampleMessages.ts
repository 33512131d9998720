import { eventTable } from '../../src/core/log/eventTable';
import type { MessageSpec } from '../../src/core/log/messages/messageSpec';

/** A message as a server would log it: the wording with a likely value in each place. */
export function sampleOf(wording: string): string {
  return wording
    .replace(/\{\{|\}\}|\{(\w+)(?::(\w+))?\}/g, (whole, name: string | undefined, type: string | undefined) =>
      whole === '{{' ? '{' : whole === '}}' ? '}' : name === undefined ? whole : sampleValue(name, type),
    )
    .trimEnd();
}

function sampleValue(name: string, type: string | undefined): string {
  if (type === 'int') return '42';
  if (type === 'float') return '0.25';
  if (type === 'word') return `${name}X`;
  return `some ${name}`;
}

export function samplesOf(spec: MessageSpec): readonly string[] {
  return spec.wordings.map(sampleOf);
}

/** A Sentinel event of each type, about an instance of each kind where it is about one. */
export function sampleEvents(): readonly string[] {
  return Object.entries(eventTable).flatMap(([type, spec]) => {
    const tail = sampleTail(type, spec.tail ?? '');
    if (!spec.hasInstance) return [`${type} ${tail}`];
    return [
      'master mymaster 127.0.0.1 6379',
      'slave 127.0.0.1:6380 127.0.0.1 6380 @ mymaster 127.0.0.1 6379',
      `sentinel ${'5fa1'.repeat(10)} 127.0.0.1 26381 @ mymaster 127.0.0.1 6379`,
    ].map(instance => `${type} ${instance}${tail}`);
  });
}

function sampleTail(type: string, tail: string): string {
  if (type === '+set') return ' quorum 2';
  if (type === '-script-error') return '/scripts/notify.sh 0 2';
  return sampleOf(tail);
}
