import type { Exercise } from './exercise';
import type { Scenario } from './scenario';

/** The drill of an exercise: with what it shows while the lab is broken, or with what it must show once it is repaired. */
export function exerciseScenario(exercise: Exercise, part: 'symptom' | 'repaired'): Scenario {
  const { name, lab, prepare, ready, probe, act } = exercise;
  return {
    name,
    text: {},
    lab,
    prepare,
    ready: ready || part === 'repaired',
    probe,
    act,
    expect: exercise[part],
  };
}
