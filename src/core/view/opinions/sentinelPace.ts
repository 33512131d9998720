import { helloPeriodSeconds } from '../../model/readiness';

/** How long a Sentinel looks on before it puts a node right that has another role or master than it should (sentinel.c: four hellos). */
export const correctionSeconds = 4 * helloPeriodSeconds;
