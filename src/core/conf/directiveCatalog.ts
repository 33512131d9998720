import { directiveNames, isKnownTo } from './directiveHistory';
import { isKnownDirective, standInBit, windowsDirectiveNames, type ConfKind } from './directives';
import type { ServerVersion } from './serverVersion';
import type { DirectiveSpec } from './specs/directiveSpec';
import type { DirectiveTables } from './specs/directiveTables';

/** What a directive does, in one language. */
export interface DirectiveText {
  readonly text: string;
  /** What to watch out for. */
  readonly note?: string;
}

/** By the directive's name. */
export type DirectiveTexts = Readonly<Record<string, DirectiveText>>;

/** Everything that is known of the directives, in the language of the person. */
export class DirectiveCatalog {
  constructor(
    private readonly tables: DirectiveTables,
    private readonly texts: DirectiveTexts,
  ) {}

  /** Every directive of this kind of conf that some version knows; those of the Windows ports only for one of them. */
  names(kind: ConfKind, version: ServerVersion): readonly string[] {
    return [...directiveNames(kind), ...windowsDirectiveNames(version)];
  }

  has(kind: ConfKind, name: string): boolean {
    return isKnownDirective(kind, name);
  }

  isKnown(kind: ConfKind, name: string, version: ServerVersion): boolean {
    return isKnownTo(kind, name, standInBit(version)) || windowsDirectiveNames(version).includes(name);
  }

  spec(name: string): DirectiveSpec | undefined {
    return this.tables.specs.get(name);
  }

  /** Of a directive that was renamed and has no text of its own, that of its other name. */
  text(name: string): DirectiveText | undefined {
    const spec = this.tables.specs.get(name);
    const others = [spec?.renamedTo, spec?.renamedFrom].filter(other => other !== undefined);
    return [name, ...others].map(other => this.texts[other]).find(text => text !== undefined);
  }

  /** What counts where a conf does not have the directive, as CONFIG GET gives it; undefined where that is not known. */
  defaultOf(kind: ConfKind, name: string, version: ServerVersion): string | undefined {
    if (name === 'port') return kind === 'sentinel' ? '26379' : '6379';
    const known = this.tables.defaults[name];
    if (known === undefined || typeof known === 'string') return known;
    const bit = standInBit(version);
    return known.findLast(([from]) => from <= bit)?.[1] ?? known[0]?.[1];
  }

  /** Whether CONFIG SET (of a Sentinel's own directives SENTINEL SET) changes it while the server runs. */
  isRuntime(name: string, version: ServerVersion): boolean {
    if (name.startsWith('sentinel ')) return this.tables.specs.get(name)?.runtime ?? false;
    return ((this.tables.runtimeMasks[name] ?? 0) & (1 << standInBit(version))) !== 0;
  }

  /** The other name of the same directive, where it has one. */
  otherName(name: string): string | undefined {
    const spec = this.tables.specs.get(name);
    return spec?.renamedTo ?? spec?.renamedFrom;
  }
}
