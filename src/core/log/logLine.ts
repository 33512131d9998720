/** How a line is laid out; see docs/ARCHITECTURE.md, "Log dialects". `raw` has no prefix: logo, config errors, crash reports. */
export type Dialect = 'bracket' | 'role' | 'role-year' | 'signal' | 'logfmt' | 'json' | 'raw';

/** The role a process writes into its prefix; `child` is an RDB or AOF child, and in Redis also the main process before it is up. */
export type LineRole = 'sentinel' | 'master' | 'replica' | 'child';

export type LineLevel = 'debug' | 'verbose' | 'notice' | 'warning';

/** One line of a log, its prefix read. What a dialect does not tell is undefined. */
export interface LogLine {
  readonly dialect: Dialect;
  /** The moment as the line has it, without guesses: see {@link LineTime}. */
  readonly time: LineTime | undefined;
  readonly pid: number | undefined;
  readonly role: LineRole | undefined;
  readonly level: LineLevel | undefined;
  /** The line without its prefix. */
  readonly message: string;
}

/**
 * A moment as a log writes it. Numbers are those of the line's own clock; `offset` is the zone in minutes where the line tells it.
 * `year` is undefined where the dialect has none (everything before 5.0, and every Windows port).
 */
export interface LineTime {
  readonly year: number | undefined;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** Milliseconds since midnight. */
  readonly ofDay: number;
  readonly offset: number | undefined;
}

/**
 * Reads the prefix of a line in any dialect of Redis since 2.8, Valkey, and the Windows ports (server.c, `serverLogRaw`;
 * Win32_RedisLog.c). Never throws; what has no known prefix is `raw` with the whole line as its message.
 */
export function readLogLine(text: string): LogLine {
  const first = text.charCodeAt(0);
  if (isDigit(first)) return readRoleLine(text) ?? raw(text);
  if (first === openBracket) return readBracketLine(text) ?? raw(text);
  if (first === letterP && text.startsWith('pid=')) return readLogfmtLine(text) ?? raw(text);
  if (first === openBrace) return readJsonLine(text) ?? raw(text);
  return raw(text);
}

const openBracket = 91;
const openBrace = 123;
const letterP = 112;
const colon = 58;
const blank = 32;

function raw(text: string): LogLine {
  return {
    dialect: 'raw',
    time: undefined,
    pid: undefined,
    role: undefined,
    level: undefined,
    message: text,
  };
}

/** `4917:X 23 Nov 2026 06:47:41.584 # …`, the same without a year, and `4917:signal-handler (1766000000) …`. */
function readRoleLine(text: string): LogLine | undefined {
  const colonAt = endOfDigits(text, 0);
  if (text.charCodeAt(colonAt) !== colon || colonAt > 10) return undefined;
  const pid = Number(text.slice(0, colonAt));
  if (text.startsWith('signal-handler (', colonAt + 1)) return readSignalLine(text, colonAt + 1, pid);
  if (text.charCodeAt(colonAt + 2) !== blank) return undefined;
  const role = roleOfLetter(text.charCodeAt(colonAt + 1));
  if (role === undefined) return undefined;
  const time = readTime(text, colonAt + 3);
  if (!time) return undefined;
  const dialect = time.value.year === undefined ? 'role' : 'role-year';
  return withLevel(text, time, dialect, pid, role === 'other' ? undefined : role);
}

function readSignalLine(text: string, at: number, pid: number): LogLine | undefined {
  const open = at + 'signal-handler ('.length;
  const close = endOfDigits(text, open);
  if (close === open || !text.startsWith(') ', close)) return undefined;
  const time = fromEpoch(Number(text.slice(open, close)) * 1_000);
  return { dialect: 'signal', time, pid, role: undefined, level: undefined, message: text.slice(close + 2) };
}

/** `[4917] 29 Dec 21:55:17.711 # …`: 2.8, and every Windows port. */
function readBracketLine(text: string): LogLine | undefined {
  const close = endOfDigits(text, 1);
  if (close === 1 || close > 11 || !text.startsWith('] ', close)) return readOldSignalLine(text);
  const time = readTime(text, close + 2);
  if (!time) return undefined;
  return withLevel(text, time, 'bracket', Number(text.slice(1, close)), undefined);
}

/** `[4917 | signal handler] (1766000000) …`: 2.8. */
function readOldSignalLine(text: string): LogLine | undefined {
  const found = /^\[(\d{1,10}) \| signal handler\] \((\d{1,12})\) /.exec(text.slice(0, 60));
  if (!found) return undefined;
  const time = fromEpoch(Number(found[2]) * 1_000);
  return {
    dialect: 'signal',
    time,
    pid: Number(found[1]),
    role: undefined,
    level: undefined,
    message: text.slice(found[0].length),
  };
}

/** The level character and the message behind it. A NUL stands there where a version passed a wrong level. */
function withLevel(
  text: string,
  { value: time, end: at }: TimeInText,
  dialect: Dialect,
  pid: number,
  role: LineRole | undefined,
): LogLine | undefined {
  if (text.charCodeAt(at) !== blank) return undefined;
  const code = text.charCodeAt(at + 1);
  const level = levelOfCharacter(code);
  if (level === undefined && code !== 0) return undefined;
  if (text.charCodeAt(at + 2) !== blank && at + 2 < text.length) return undefined;
  return { dialect, time, pid, role, level, message: text.slice(at + 3) };
}

/** A moment, and where its text ends. */
interface TimeInText {
  readonly value: LineTime;
  readonly end: number;
}

/** Day, month, maybe year, time of day; or one of Valkey's other two forms: ISO 8601 with a zone, milliseconds since 1970. */
function readTime(text: string, at: number): TimeInText | undefined {
  const digits = endOfDigits(text, at) - at;
  if (digits === 2 && text.charCodeAt(at + 2) === blank) return readNamedMonthTime(text, at);
  if (digits === 4) return readIsoTime(text, at);
  if (digits >= 12 && digits <= 14)
    return { value: fromEpoch(Number(text.slice(at, at + digits))), end: at + digits };
  return undefined;
}

function readNamedMonthTime(text: string, at: number): TimeInText | undefined {
  const day = twoDigits(text, at);
  // A Windows port writes the month in the language of its C run-time: three letters are usual, not certain.
  const monthEnd = text.indexOf(' ', at + 3);
  if (monthEnd < 0 || monthEnd - at > 12) return undefined;
  const month = englishMonths.get(threeCharacters(text, at + 3)) ?? monthOf(text.slice(at + 3, monthEnd));
  if (month === undefined) return undefined;
  let clock = monthEnd + 1;
  let year: number | undefined;
  if (text.charCodeAt(clock + 2) !== colon) {
    const yearEnd = endOfDigits(text, clock);
    if (yearEnd - clock !== 4) return undefined;
    year = Number(text.slice(clock, yearEnd));
    clock = yearEnd + 1;
  }
  const ofDay = readClock(text, clock);
  return ofDay === undefined
    ? undefined
    : { value: { year, month, day, ofDay, offset: undefined }, end: clock + 12 };
}

/** `06:47:41.584` as milliseconds since midnight. */
function readClock(text: string, at: number): number | undefined {
  if (text.charCodeAt(at + 2) !== colon || text.charCodeAt(at + 5) !== colon) return undefined;
  const milliseconds = (text.charCodeAt(at + 9) - 48) * 100 + twoDigits(text, at + 10);
  const seconds = twoDigits(text, at) * 3_600 + twoDigits(text, at + 3) * 60 + twoDigits(text, at + 6);
  const value = seconds * 1_000 + milliseconds;
  return value >= 0 && value < 86_400_000 ? value : undefined;
}

const isoForm = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d\.\d{3})(?:([+-])(\d\d):?(\d\d)|(Z))?/;

function readIsoTime(text: string, at: number): TimeInText | undefined {
  const found = isoForm.exec(text.slice(at, at + 30));
  if (!found) return undefined;
  const ofDay = readClock(found[4] ?? '', 0);
  if (ofDay === undefined) return undefined;
  const sign = found[5] === '-' ? -1 : 1;
  const offset = found[8]
    ? 0
    : found[6] === undefined
      ? undefined
      : sign * (Number(found[6]) * 60 + Number(found[7]));
  return {
    value: { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]), ofDay, offset },
    end: at + found[0].length,
  };
}

function fromEpoch(milliseconds: number): LineTime {
  const date = new Date(Number.isFinite(milliseconds) ? Math.min(milliseconds, 8.64e15) : 0);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    ofDay: milliseconds % 86_400_000,
    offset: 0,
  };
}

const logfmtForm = /^pid=(\d{1,10}) role=([\w/-]+) timestamp="([^"]{0,40})" level=(\w+) message="/;

/** `pid=4711 role=sentinel timestamp="…" level=warning message="…"`: Valkey 8.1 and later with `log-format logfmt`. */
function readLogfmtLine(text: string): LogLine | undefined {
  const found = logfmtForm.exec(text.slice(0, 160));
  if (!found) return undefined;
  const time = readTime(found[3] ?? '', 0)?.value;
  const end = text.endsWith('"') && text.length > found[0].length ? text.length - 1 : text.length;
  const message = text.slice(found[0].length, end);
  return {
    dialect: 'logfmt',
    time,
    pid: Number(found[1]),
    role: roleOfName(found[2]),
    level: levelOfName(found[4]),
    message,
  };
}

/** One JSON object a line: Valkey 9.1 and later with `log-format json`. */
function readJsonLine(text: string): LogLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('message' in value) || !('pid' in value))
    return undefined;
  const { pid, role, timestamp, level, message } = value as Readonly<Record<string, unknown>>;
  return {
    dialect: 'json',
    time: readTime(String(timestamp), 0)?.value,
    pid: typeof pid === 'number' ? pid : undefined,
    role: roleOfName(String(role)),
    level: levelOfName(String(level)),
    message: String(message),
  };
}

/** Undefined: not a role letter at all. `other`: one that is, but stands for none of the known roles. */
function roleOfLetter(code: number): LineRole | 'other' | undefined {
  switch (code) {
    case 88:
      return 'sentinel';
    case 77:
      return 'master';
    case 83:
      return 'replica';
    case 67:
      return 'child';
    default:
      return code >= 65 && code <= 90 ? 'other' : undefined;
  }
}

function roleOfName(name: string | undefined): LineRole | undefined {
  switch (name) {
    case 'sentinel':
    case 'replica':
      return name;
    case 'primary':
    case 'master':
      return 'master';
    case 'slave':
      return 'replica';
    case 'RDB/AOF':
      return 'child';
    default:
      return undefined;
  }
}

function levelOfCharacter(code: number): LineLevel | undefined {
  switch (code) {
    case 46:
      return 'debug';
    case 45:
      return 'verbose';
    case 42:
      return 'notice';
    case 35:
      return 'warning';
    default:
      return undefined;
  }
}

function levelOfName(name: string | undefined): LineLevel | undefined {
  switch (name) {
    case 'debug':
    case 'notice':
    case 'warning':
      return name;
    case 'info':
      return 'verbose';
    default:
      return undefined;
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The usual spelling without making a string of it: this is done for every line. */
const englishMonths: ReadonlyMap<number, number> = new Map(
  months.map((name, index) => [
    threeCharacters(`${name.charAt(0).toUpperCase()}${name.slice(1)} `, 0),
    index + 1,
  ]),
);

/** Three characters and the blank behind them as one number. */
function threeCharacters(text: string, at: number): number {
  if (text.charCodeAt(at + 3) !== blank) return 0;
  return (text.charCodeAt(at) * 0x400 + text.charCodeAt(at + 1)) * 0x400 + text.charCodeAt(at + 2);
}

/** 1 to 12. Korean and Japanese run-times write the number (`12월`). */
function monthOf(name: string): number | undefined {
  const index = months.indexOf(name.slice(0, 3).toLowerCase());
  if (index >= 0) return index + 1;
  const number = Number.parseInt(name, 10);
  return number >= 1 && number <= 12 ? number : undefined;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endOfDigits(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}
