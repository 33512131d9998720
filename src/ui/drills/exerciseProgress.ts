import type * as vscode from 'vscode';

const key = 'redisHaLab.exercises';

/** How far somebody is with the exercises; kept from window to window. */
export type ExerciseState = 'begun' | 'solved';

export class ExerciseProgress {
  constructor(private readonly memory: vscode.Memento) {}

  get all(): Readonly<Record<string, ExerciseState>> {
    return this.memory.get<Readonly<Record<string, ExerciseState>>>(key) ?? {};
  }

  /** What was solved once stays so. */
  async note(name: string, state: ExerciseState): Promise<void> {
    if (this.all[name] !== 'solved') await this.memory.update(key, { ...this.all, [name]: state });
  }
}
