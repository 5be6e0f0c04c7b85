import type { AppServer, EnvironmentRef, System } from "../actor";
import type { Context } from "../context";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Somebody whom a scenario registers. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl?: string;
  /** Registered so many milliseconds before the seeding. Absent: just now, in the order of the list. */
  readonly ago?: number;
}

/** What a scenario acts with once its people are registered. */
export interface Stage {
  readonly environment: EnvironmentRef;
  /** The app’s server, which does most of what happens in an app. */
  readonly app: AppServer;
  /** The installation, on behalf of whoever has asked for the scenario. */
  readonly operator: System;
  /** The moment of the seeding, Unix milliseconds. */
  readonly start: number;
  /** The context with its clock so many milliseconds before the seeding. */
  at(ago: number): Context;
}

/**
 * A scenario: the same ids, names and order each time, and times that follow from the moment of the seeding. It acts by use cases
 * alone, so that every rule holds and every count is right.
 */
export interface Scenario {
  /** Whom it registers, of a function by the number of free seats. */
  readonly people: readonly Person[] | ((free: number) => readonly Person[]);
  readonly groups?: ReadonlyArray<{ readonly groupId: string; readonly name: string }>;
  /** All that is more than registering. */
  play?(stage: Stage, people: readonly Person[]): Promise<void>;
}

/** Somebody whose name is the id with a capital. */
export const person = (userId: string): Person => ({
  userId,
  name: `${userId.slice(0, 1).toUpperCase()}${userId.slice(1)}`,
});
