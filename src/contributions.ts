/** Every id that package.json contributes, in one place: a test holds the two against each other. */
export const viewId = 'redisHaLab.labs';
/** The log panel. */
export const logViewId = 'redisHaLab.log';

/** Whose tests the Test Explorer shows. */
export const drillControllerId = 'redisHaLab.drills';

/** The type of the timelines' webviews. */
export const timelineViewType = 'redisHaLab.timeline';
/** The editor of the small files by which pages link to timelines. */
export const timelineEditorId = 'redisHaLab.timelineLink';

/** The colours that themes can set: see `attentionColor` in core/view/nodeIcon. */
export const colorIds = ['redisHaLab.attentionForeground'] as const;

/** The language of Redis, Sentinel and Valkey logs. */
export const languageId = 'redis-log';

/** The language of redis.conf and sentinel.conf. */
export const confLanguageId = 'redis-conf';

export const commandIds = {
  createLab: 'redisHaLab.createLab',
  openLab: 'redisHaLab.openLab',
  startLab: 'redisHaLab.startLab',
  stopLab: 'redisHaLab.stopLab',
  restartLab: 'redisHaLab.restartLab',
  startAll: 'redisHaLab.startAll',
  stopAll: 'redisHaLab.stopAll',
  startNode: 'redisHaLab.startNode',
  stopNode: 'redisHaLab.stopNode',
  restartNode: 'redisHaLab.restartNode',
  startSelected: 'redisHaLab.startSelected',
  stopSelected: 'redisHaLab.stopSelected',
  restartSelected: 'redisHaLab.restartSelected',
  killNode: 'redisHaLab.killNode',
  freezeNode: 'redisHaLab.freezeNode',
  resumeNode: 'redisHaLab.resumeNode',
  breakNode: 'redisHaLab.breakNode',
  undoFault: 'redisHaLab.undoFault',
  undoAllFaults: 'redisHaLab.undoAllFaults',
  runDrill: 'redisHaLab.runDrill',
  compareDrills: 'redisHaLab.compareDrills',
  openDrillReport: 'redisHaLab.openDrillReport',
  exercise: 'redisHaLab.exercise',
  checkRepair: 'redisHaLab.checkRepair',
  showSolution: 'redisHaLab.showSolution',
  endExercise: 'redisHaLab.endExercise',
  failover: 'redisHaLab.failover',
  refresh: 'redisHaLab.refresh',
  showTerminal: 'redisHaLab.showTerminal',
  openConf: 'redisHaLab.openConf',
  openLog: 'redisHaLab.openLog',
  openRedisCli: 'redisHaLab.openRedisCli',
  copyAddress: 'redisHaLab.copyAddress',
  copyCommands: 'redisHaLab.copyCommands',
  revealFolder: 'redisHaLab.revealFolder',
  resetLab: 'redisHaLab.resetLab',
  removeLab: 'redisHaLab.removeLab',
  openLabFile: 'redisHaLab.openLabFile',
  installRedis: 'redisHaLab.installRedis',
  chooseServer: 'redisHaLab.chooseServer',
  enterPassword: 'redisHaLab.enterPassword',
  showOutput: 'redisHaLab.showOutput',
  explainLogs: 'redisHaLab.explainLogs',
  showLog: 'redisHaLab.showLog',
  clearLog: 'redisHaLab.clearLog',
  exportLog: 'redisHaLab.exportLog',
  openTimeline: 'redisHaLab.openTimeline',
  openRecording: 'redisHaLab.openRecording',
  compareFailovers: 'redisHaLab.compareFailovers',
  exportTimeline: 'redisHaLab.exportTimeline',
  showEvents: 'redisHaLab.showEvents',
  explainClipboard: 'redisHaLab.explainClipboard',
  chooseConfVersion: 'redisHaLab.chooseConfVersion',
  saveConfAsUtf8: 'redisHaLab.saveConfAsUtf8',
  makeFolder: 'redisHaLab.makeFolder',
  showConfChanges: 'redisHaLab.showConfChanges',
  applyConf: 'redisHaLab.applyConf',
  adoptConfs: 'redisHaLab.adoptConfs',
  listConfChanges: 'redisHaLab.listConfChanges',
  restoreFirstForm: 'redisHaLab.restoreFirstForm',
  convertLab: 'redisHaLab.convertLab',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

export const settingIds = {
  serverPath: 'redisHaLab.serverPath',
  startOnOpen: 'redisHaLab.startOnOpen',
  events: 'redisHaLab.events',
  confVersion: 'redisHaLab.confVersion',
} as const;

/** Keys for when-clauses, set by the extension. */
export const contextKeys = {
  hasLabs: 'redisHaLab.hasLabs',
  serverFound: 'redisHaLab.serverFound',
  serverMissing: 'redisHaLab.serverMissing',
  /** The active editor compares a conf with its first form. */
  confCompared: 'redisHaLab.confCompared',
  /** The active editor is the report of a drill, or a comparison of two. */
  drillPage: 'redisHaLab.drillPage',
  /** The ids of the tests that have the report of a drill. */
  reportedTests: 'redisHaLab.reportedTests',
} as const;
