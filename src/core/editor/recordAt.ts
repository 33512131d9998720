import { readLogLine } from '../log/logLine';
import type { Recogniser } from '../log/logRecord';
import { RecordReader, type LogRecord } from '../log/recordReader';
import type { LineRange, TextLines } from './textLines';

/** So many lines around a place are looked at where the records of the whole text are not known yet. */
const reach = 300;

/** The record that a line belongs to. `folded` are the records of several lines, in order, where they are known. */
export function recordAt(
  lines: TextLines,
  number: number,
  recogniser: Recogniser,
  folded?: readonly LineRange[],
): LogRecord | undefined {
  if (number < 1 || number > lines.count) return undefined;
  const { first, last } = folded
    ? (rangeAround(folded, number) ?? { first: number, last: number })
    : likelyRange(lines, number);
  const records = new RecordReader(recogniser);
  let found: LogRecord | undefined;
  for (let at = first; at <= last; at++) {
    const record = records.read(lines.at(at));
    if (record && at > number) {
      found = record;
      break;
    }
  }
  found ??= records.end();
  return found && { ...found, line: found.line + first - 1 };
}

/** The range that a line is in; ranges do not overlap. */
function rangeAround(ranges: readonly LineRange[], number: number): LineRange | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.last ?? Infinity) < number) low = middle + 1;
    else high = middle;
  }
  const found = ranges[low];
  return found && found.first <= number ? found : undefined;
}

/** From the last line with a prefix up to the next one. */
function likelyRange(lines: TextLines, number: number): LineRange {
  const hasPrefix = (at: number): boolean => readLogLine(lines.at(at)).dialect !== 'raw';
  let first = number;
  while (first > 1 && number - first < reach && !hasPrefix(first)) first--;
  // In front of it nothing is known: what is asked for stands alone.
  if (!hasPrefix(first)) first = number;
  let last = number;
  while (last < lines.count && last - number < reach && !hasPrefix(last + 1)) last++;
  return { first, last };
}
