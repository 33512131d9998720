/** The part of a failover, or of a Sentinel's life, that an event belongs to. */
export type EventPhase =
  | 'detection'
  | 'agreement'
  | 'election'
  | 'promotion'
  | 'reconfiguration'
  | 'completion'
  | 'topology'
  | 'health'
  | 'configuration'
  | 'abort'
  | 'tilt'
  | 'other';

/** One type of Sentinel event. Source of all of them: sentinel.c, `sentinelEvent()` calls of 2.8 to 9.1. */
export interface EventSpec {
  readonly phase: EventPhase;
  readonly weight: 'detail' | 'routine' | 'noteworthy' | 'problem';
  /** What stands behind the instance, or the whole text where there is none; as a wording of messageSpec.ts. */
  readonly tail?: string;
  /** Whether the text begins with an instance. */
  readonly hasInstance: boolean;
}

const about = (phase: EventPhase, weight: EventSpec['weight'] = 'routine', tail = ''): EventSpec => ({
  phase,
  weight,
  tail,
  hasInstance: true,
});
const plain = (phase: EventPhase, weight: EventSpec['weight'], tail: string): EventSpec => ({
  phase,
  weight,
  tail,
  hasInstance: false,
});

/** Every event type of every version since 2.8.0, by the name it is published and logged under. */
export const eventTable: Readonly<Record<string, EventSpec>> = {
  '+sdown': about('detection', 'noteworthy'),
  '-sdown': about('detection', 'noteworthy'),
  '+odown': about('agreement', 'noteworthy', ' #quorum {votes:int}/{quorum:int}'),
  '-odown': about('agreement', 'noteworthy'),
  '+new-epoch': plain('election', 'routine', '{epoch:int}'),
  '+try-failover': about('election', 'noteworthy'),
  '+vote-for-leader': plain('election', 'noteworthy', '{leader:word} {epoch:int}'),
  '+elected-leader': about('election', 'noteworthy'),
  '+failover-state-select-slave': about('promotion'),
  '+selected-slave': about('promotion', 'noteworthy'),
  '+failover-state-send-slaveof-noone': about('promotion'),
  '+failover-state-wait-promotion': about('promotion'),
  '+promoted-slave': about('promotion', 'noteworthy'),
  '+failover-state-reconf-slaves': about('reconfiguration'),
  '+slave-reconf-sent': about('reconfiguration'),
  '+slave-reconf-inprog': about('reconfiguration'),
  '+slave-reconf-done': about('reconfiguration', 'noteworthy'),
  '-slave-reconf-sent-timeout': about('reconfiguration', 'problem'),
  '+slave-reconf-sent-be': about('reconfiguration', 'problem'),
  '+convert-to-slave': about('reconfiguration', 'noteworthy'),
  '+fix-slave-config': about('reconfiguration', 'noteworthy'),
  '+failover-end-for-timeout': about('completion', 'problem'),
  '+failover-end': about('completion', 'noteworthy'),
  '+switch-master': plain(
    'completion',
    'noteworthy',
    '{masterName:word} {oldIp:word} {oldPort:int} {newIp:word} {newPort:int}',
  ),
  '+config-update-from': about('completion', 'noteworthy'),
  '-failover-abort-not-elected': about('abort', 'problem'),
  '-failover-abort-no-good-slave': about('abort', 'problem'),
  '-failover-abort-slave-timeout': about('abort', 'problem'),
  '-failover-abort-master-timeout': about('abort', 'problem'),
  '+slave': about('topology'),
  '+sentinel': about('topology'),
  '-dup-sentinel': about('topology', 'routine', ' #duplicate of {ip:word}:{port:int} or {runid:word}'),
  '+sentinel-address-switch': about(
    'topology',
    'noteworthy',
    ' ip {ip:word} port {port:int} for {runid:word}',
  ),
  '+sentinel-invalid-addr': about('topology', 'noteworthy'),
  '+sentinel-address-update': about('topology', 'routine', ' {count:int} additional matching instances'),
  '+reboot': about('health', 'noteworthy'),
  '+role-change': about('health', 'detail', ' new reported role is {reportedRole:word}'),
  '-role-change': about('health', 'detail', ' new reported role is {reportedRole:word}'),
  '+cmd-link': about('health', 'detail'),
  '-cmd-link': about('health', 'detail', ' #{error}'),
  '+pubsub-link': about('health', 'detail'),
  '-pubsub-link': about('health', 'detail', ' #{error}'),
  '-cmd-link-reconnection': about('health', 'detail', ' #{error}'),
  '-pubsub-link-reconnection': about('health', 'detail', ' #{error}'),
  '+monitor': about('configuration', 'noteworthy', ' quorum {quorum:int}'),
  '-monitor': about('configuration', 'noteworthy'),
  '+set': about('configuration', 'noteworthy', ' {option:word}{rest}'),
  '+reset-master': about('configuration', 'noteworthy'),
  '+tilt': plain('tilt', 'problem', '#tilt mode entered'),
  '-tilt': plain('tilt', 'noteworthy', '#tilt mode exited'),
  '+script-child': plain('other', 'detail', '{scriptPid:int}'),
  '-script-child': plain('other', 'detail', '{scriptPid:int} {exitCode:int} {signal:int}'),
  '-script-error': plain('other', 'problem', '{script:word} {rest}'),
  '-script-timeout': plain('other', 'problem', '{script:word} {scriptPid:int}'),
};
