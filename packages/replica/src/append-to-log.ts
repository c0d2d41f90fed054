/**
 * Appending to a log of the own account: kept here first, then told to the server, and what becomes of it when the
 * server is away or refuses.
 */
import type { Bytes } from '@evenkeel/protocol';
import type { Link } from './link.ts';
import { type LogBook, type LogName, isEnding, statementOf } from './log-book.ts';
import type { AppendOutcome } from './replica.ts';

export function createAppending(parts: {
  readonly logs: LogBook;
  readonly link: () => Link | null;
  readonly told: () => void;
}): (log: LogName, objects: readonly Bytes[]) => Promise<AppendOutcome> {
  const { logs, told } = parts;

  return async (log, objects) => {
    const appended = await logs.append(log, objects);
    if (!appended.ok) return appended;
    told();
    const link = parts.link();
    if (link === null) return { ok: true, sent: false };
    const sent = await link.sendSideRows();
    // Packs and heads follow, and may be refused by themselves.
    if (sent.ok || isTaken(log, objects)) return { ok: true, sent: true };
    // Told again by itself: another device goes on being first, or nobody answers.
    if (sent.reason === 'unreachable' || sent.reason === 'log-moved') return { ok: true, sent: false };
    // Ending something is never taken back because a server will not hear it: what is written from now on is closed.
    const others = objects.filter((object) => !isEnding(object));
    await logs.retract(log, others);
    told();
    if (others.length === objects.length) return { ok: false, reason: 'refused', problem: sent.reason };
    if (others.length > 0) await link.sendSideRows();
    return { ok: true, sent: isTaken(log, objects.filter(isEnding)) };
  };

  /** Whether the server holds what these say. */
  function isTaken(log: LogName, objects: readonly Bytes[]): boolean {
    const waiting = new Set(logs.unsent(log).map(statementOf));
    const taken = new Set(logs.objects(log).map(statementOf));
    return objects.map(statementOf).every((said) => taken.has(said) && !waiting.has(said));
  }
}
