import * as fc from 'fast-check';
import {
  knownServers,
  sentinelDirectiveMasks,
  serverDirectiveMasks,
} from '../../src/core/conf/directives.generated';
import type { ConfKind } from '../../src/core/conf/directives';
import { parseVersion, type ServerVersion } from '../../src/core/conf/serverVersion';

/** A conf as a text with its path from the searched folder. */
export interface ConfFile {
  readonly path: string;
  readonly text: string;
}

export const anyVersion: fc.Arbitrary<ServerVersion> = fc
  .constantFrom(...knownServers, 'windows-3.0.504', 'windows-2.8.2101')
  .map(name => parseVersion(name)!);

const value = fc.constantFrom('1', 'yes', '"a b"', "'c d'", '127.0.0.1', 'x\\y', '100mb', '한글', '""');
const comment = fc.constantFrom('# a comment', '   # indented', '#', '', '   ', '\t');
const end = fc.constantFrom('\n', '\r\n');

/** A text that looks like a conf of this kind: directives of every version, unknown ones, comments, odd blanks and line ends. */
export function anyConf(kind: ConfKind): fc.Arbitrary<string> {
  const names = Object.keys(kind === 'server' ? serverDirectiveMasks : sentinelDirectiveMasks).filter(
    name => !['save', 'bind', 'client-output-buffer-limit', 'sentinel'].includes(name),
  );
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constant('no-such-word') },
  );
  const directive = fc
    .tuple(
      fc.constantFrom('', '  ', '\t'),
      name,
      fc.array(value, { maxLength: 3 }),
      fc.constantFrom(' ', '  ', '\t'),
      fc.boolean(),
    )
    .map(
      ([indent, word, values, blank, isLoud]) =>
        indent + [isLoud ? word.toUpperCase() : word, ...values].join(blank),
    );
  const line = fc.tuple(fc.oneof(directive, comment), end).map(parts => parts.join(''));
  return fc
    .tuple(fc.constantFrom('', '\uFEFF'), fc.array(line, { maxLength: 25 }))
    .map(([bom, lines]) => bom + lines.join(''));
}
