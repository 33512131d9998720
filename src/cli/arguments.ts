import * as l10n from '@vscode/l10n';
import type { CliArguments } from './context';
import { UsageError } from './usageError';

export function textOption(args: CliArguments, name: string): string | undefined {
  const value = args.values[name];
  return typeof value === 'string' ? value : undefined;
}

export function flag(args: CliArguments, name: string): boolean {
  return args.values[name] === true;
}

/** A whole number between `min` and `max`, or undefined when the option was not given. */
export function numberOption(args: CliArguments, name: string, min: number, max: number): number | undefined {
  const text = textOption(args, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new UsageError(
      l10n.t('--{0} takes a whole number from {1} to {2}, not "{3}".', name, min, max, text),
    );
  return value;
}

/** `--set key=value`, as often as wanted. */
export function pairOptions(args: CliArguments, name: string): Readonly<Record<string, string>> {
  const values = args.values[name];
  const list = Array.isArray(values) ? (values as readonly string[]) : [];
  return Object.fromEntries(
    list.map(pair => {
      const at = pair.indexOf('=');
      if (at < 1 || at === pair.length - 1)
        throw new UsageError(l10n.t('--{0} takes key=value, not "{1}".', name, pair));
      return [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1)] as const;
    }),
  );
}

/** Exactly these words after the command, by name for the message. */
export function words<const Names extends readonly string[]>(
  args: CliArguments,
  ...names: Names
): { readonly [Index in keyof Names]: string } {
  if (args.positionals.length !== names.length || args.positionals.includes('')) {
    const expected = names.join(' ');
    throw new UsageError(l10n.t('Expected: {0}. Got {1} words.', expected, args.positionals.length));
  }
  return args.positionals as unknown as { readonly [Index in keyof Names]: string };
}
