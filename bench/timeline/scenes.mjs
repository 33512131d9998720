// Scenes for the timeline: a failover as the logs tell it, and as many events as are wanted.

/** 2026-11-23 12:03:30 on this machine's wall clock. */
export const start = new Date(2026, 10, 23, 12, 3, 30).getTime();

/** Words as the extension puts them. */
const words = {
  en: {
    faults: 'Faults',
    kill: 'redis-6379 is killed (SIGKILL)',
    outage: 'The client "writer" could not write for 8.1 s: READONLY, connection refused',
    phases: ['Detection', 'Agreement', 'Election', 'Promotion', 'Reconfiguration', 'Completion'],
    text: 'mymaster moved from 127.0.0.1:6379 to 127.0.0.1:6380 in 3.2 s (epoch 1, leader sentinel-26381).',
    owner: 'owned by down-after-milliseconds of each Sentinel, counted from its own last valid reply',
    vote: (/** @type {string} */ a, /** @type {string} */ b) => `${a} voted for ${b} in epoch 1`,
    sync: 'Partial sync with 127.0.0.1:6380: 1,204 bytes from the backlog.',
    probe: 'Client writer',
  },
  ko: {
    faults: '장애 주입',
    kill: 'redis-6379을 강제 종료합니다(SIGKILL)',
    outage: '클라이언트 "writer"가 8.1초 동안 쓰지 못했습니다: READONLY, 연결 거부',
    phases: ['감지', '합의', '선출', '승격', '재구성', '완료'],
    text: 'mymaster가 3.2초 만에 127.0.0.1:6379에서 127.0.0.1:6380으로 옮겨졌습니다(에포크 1, 리더 sentinel-26381).',
    owner: '각 Sentinel의 down-after-milliseconds로 정해지며, 마지막으로 유효한 응답을 받은 때부터 셉니다',
    vote: (/** @type {string} */ a, /** @type {string} */ b) => `${a}이(가) 에포크 1에서 ${b}에 투표했습니다`,
    sync: '127.0.0.1:6380과 부분 동기화: 백로그에서 1,204바이트.',
    probe: '클라이언트 writer',
  },
};

/** @param {'en' | 'ko'} language */
function laneList(language) {
  const text = words[language];
  return [
    { id: 'faults', label: text.faults, kind: 'faults' },
    { id: 'probe:writer', label: text.probe, kind: 'probe' },
    ...[6379, 6380, 6381].map(port => ({ id: `redis-${port}`, label: `redis-${port}`, kind: 'server' })),
    ...[26379, 26380, 26381].map(port => ({
      id: `sentinel-${port}`,
      label: `sentinel-${port}`,
      kind: 'sentinel',
    })),
  ];
}

/** A failover after a kill. @param {'en' | 'ko'} [language] */
export function failoverScene(language = 'en') {
  const text = words[language];
  const at = (/** @type {number} */ ms) => start + ms;
  const begin = [0, 5_012, 5_089, 5_204, 6_215, 7_730];
  const end = 8_250;
  return {
    lanes: laneList(language),
    roles: [
      { lane: 'redis-6379', role: 'master', from: at(-30_000), to: at(8_000) },
      { lane: 'redis-6379', role: 'replica', from: at(18_500), to: undefined },
      { lane: 'redis-6380', role: 'replica', from: at(-30_000), to: at(6_215) },
      { lane: 'redis-6380', role: 'master', from: at(6_215), to: undefined },
      { lane: 'redis-6381', role: 'replica', from: at(-30_000), to: undefined },
    ],
    downs: [{ lane: 'redis-6379', from: at(3_012), to: at(18_300) }],
    syncs: [
      {
        lane: 'redis-6381',
        from: at(6_900),
        to: at(7_600),
        kind: 'partial',
        outcome: 'succeeded',
        text: text.sync,
      },
      {
        lane: 'redis-6379',
        from: at(18_520),
        to: at(20_100),
        kind: 'full',
        outcome: 'succeeded',
        text: text.sync,
      },
      {
        lane: 'redis-6381',
        from: at(-24_000),
        to: at(-22_000),
        kind: 'full',
        outcome: 'failed',
        text: text.sync,
      },
    ],
    bars: [
      { lane: 'faults', from: at(0), to: at(12_000), look: 'fault', text: text.kill },
      { lane: 'probe:writer', from: at(40), to: at(8_140), look: 'outage', text: text.outage },
    ],
    failovers: [
      { from: at(0), to: at(end), outcome: 'succeeded', epoch: 1, leader: 'sentinel-26381', text: text.text },
    ],
    phases: begin.map((from, index) => ({
      failover: 0,
      name: ['detection', 'agreement', 'election', 'promotion', 'reconfiguration', 'completion'][index],
      label: text.phases[index] ?? '',
      from: at(from),
      to: at(begin[index + 1] ?? end),
      text: `${text.phases[index]}: ${(begin[index + 1] ?? end) - from} ms, ${text.owner}`,
    })),
    votes: ['sentinel-26379', 'sentinel-26380', 'sentinel-26381'].map((voter, index) => ({
      at: at(5_100 + [60, 24, 0][index]),
      voter,
      candidate: index === 0 ? 'sentinel-26380' : 'sentinel-26381',
      epoch: 1,
      wins: index !== 0,
      text: text.vote(voter, index === 0 ? 'sentinel-26380' : 'sentinel-26381'),
    })),
  };
}

/** What the nodes logged about it. */
export function failoverMarks() {
  /** @type {[number, string, string, number][]} */
  const rows = [
    [-29_500, 'redis-6379', 'ready', 1],
    [-29_400, 'redis-6380', 'ready', 1],
    [-29_300, 'redis-6381', 'ready', 1],
    [-29_200, 'sentinel-26379', '+monitor', 1],
    [-29_180, 'sentinel-26380', '+monitor', 1],
    [-29_170, 'sentinel-26381', '+monitor', 1],
    [-24_000, 'redis-6381', 'full-sync', 2],
    [-22_000, 'redis-6381', 'sync-failed', 3],
    [20, 'redis-6380', 'link-lost', 3],
    [24, 'redis-6381', 'link-lost', 3],
    [1_020, 'redis-6380', 'retry', 0],
    [1_024, 'redis-6381', 'retry', 0],
    [2_020, 'redis-6380', 'retry', 0],
    [2_024, 'redis-6381', 'retry', 0],
    [3_012, 'sentinel-26379', '+sdown', 3],
    [5_010, 'sentinel-26380', '+sdown', 3],
    [5_020, 'sentinel-26381', '+sdown', 3],
    [5_089, 'sentinel-26381', '+odown', 3],
    [5_090, 'sentinel-26381', '+new-epoch', 1],
    [5_100, 'sentinel-26381', '+try-failover', 2],
    [5_124, 'sentinel-26380', '+vote-for-leader', 2],
    [5_160, 'sentinel-26379', '+vote-for-leader', 2],
    [5_204, 'sentinel-26381', '+elected-leader', 2],
    [5_300, 'sentinel-26381', '+selected-slave', 2],
    [6_215, 'redis-6380', 'promoted', 2],
    [6_230, 'sentinel-26381', '+promoted-slave', 2],
    [6_900, 'redis-6381', 'partial-sync', 2],
    [7_730, 'sentinel-26381', '+slave-reconf-done', 2],
    [8_250, 'sentinel-26381', '+switch-master', 2],
    [8_260, 'sentinel-26379', '+switch-master', 2],
    [8_270, 'sentinel-26380', '+switch-master', 2],
    [13_270, 'sentinel-26379', '+sdown', 3],
    [18_300, 'sentinel-26379', '-sdown', 2],
    [18_310, 'sentinel-26380', '-sdown', 2],
    [18_520, 'redis-6379', 'full-sync', 2],
  ];
  return columns(rows.map(([at, lane, name, weight]) => [start + at, lane, name, weight]));
}

/**
 * Columns of rows (time, lane, name, weight).
 * @param {readonly (readonly [number, string, string, number])[]} rows
 * @param {number} [firstKey]
 */
export function columns(rows, firstKey = 1) {
  const lanes = [...new Set(rows.map(row => row[1]))];
  const names = [...new Set(rows.map(row => row[2]))];
  const laneIndex = new Map(lanes.map((lane, index) => [lane, index]));
  const nameIndex = new Map(names.map((name, index) => [name, index]));
  return {
    at: rows.map(row => row[0]),
    lane: rows.map(row => laneIndex.get(row[1]) ?? 0),
    name: rows.map(row => nameIndex.get(row[2]) ?? 0),
    weight: rows.map(row => row[3]),
    key: rows.map((_, index) => firstKey + index),
    lanes,
    names,
  };
}

/** Events of an hour, the same each time: bursts around twenty failovers, quiet between. @param {number} count */
export function manyMarks(count) {
  const servers = ['redis-6379', 'redis-6380', 'redis-6381'];
  const sentinels = ['sentinel-26379', 'sentinel-26380', 'sentinel-26381'];
  /** @type {(readonly [string, number])[]} */
  const told = [
    ['+sdown', 3],
    ['+odown', 3],
    ['+new-epoch', 1],
    ['+try-failover', 2],
    ['+vote-for-leader', 2],
    ['+switch-master', 2],
    ['-sdown', 2],
  ];
  /** @type {(readonly [string, number])[]} */
  const usual = [
    ['retry', 0],
    ['background-save', 1],
    ['retry', 0],
    ['sync', 2],
    ['retry', 0],
    ['retry', 0],
    ['connected', 1],
  ];
  let seed = 42;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  /** @template T @param {readonly T[]} list @returns {T} */
  const oneOf = list => /** @type {T} */ (list[Math.floor(random() * list.length)]);
  /** @type {[number, string, string, number][]} */
  const rows = [];
  for (let index = 0; index < count; index++) {
    const isSentinel = random() < 0.5;
    const isBurst = random() < 0.5;
    const at = isBurst
      ? Math.floor(random() * 20) * 180_000 + 3_000 + random() ** 2 * 6_000
      : random() * 3_600_000;
    const [name, weight] =
      isBurst && random() < 0.2
        ? isSentinel
          ? oneOf(told)
          : /** @type {const} */ (['link-lost', 3])
        : oneOf(usual);
    rows.push([start + Math.round(at), oneOf(isSentinel ? sentinels : servers), name, weight]);
  }
  return columns(rows.toSorted((a, b) => a[0] - b[0]));
}

/** Twenty failovers in an hour. */
export function manyFailovers() {
  const one = failoverScene();
  const shifts = Array.from({ length: 20 }, (_, index) => index * 180_000);
  /** @type {(list: any[], index: number, shift: number) => any[]} */
  const moved = (list, index, shift) =>
    list.map(item => ({
      ...item,
      ...('at' in item
        ? { at: item.at + shift }
        : { from: item.from + shift, to: (item.to ?? start + 30_000) + shift }),
      ...('failover' in item ? { failover: index } : {}),
    }));
  const every = (/** @type {any[]} */ list) => shifts.flatMap((shift, index) => moved(list, index, shift));
  const { lanes, roles, downs, syncs, bars, failovers, phases, votes } = one;
  return {
    lanes,
    roles: every(roles),
    downs: every(downs),
    syncs: every(syncs),
    bars: every(bars),
    failovers: every(failovers),
    phases: every(phases),
    votes: every(votes),
  };
}
