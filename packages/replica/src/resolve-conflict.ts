/**
 * Two devices wrote the same record: what the replication is told to keep. The merge is field by field; where it says
 * what the server says, the server's bytes are kept as they are, else two devices would trade fresh nonces for ever.
 */
import { mergeVersions, sameVersion } from '@evenkeel/journal';
import { leafOf } from '@evenkeel/protocol';
import type { ExchangeParts } from './exchange-parts.ts';
import { type EnvelopeDocState, envelopeOfText, openVersions, sealVersions } from './sealed-version.ts';

export type Resolve = (input: {
  readonly mine: EnvelopeDocState;
  readonly theirs: EnvelopeDocState;
}) => Promise<EnvelopeDocState>;

export function createResolve(
  parts: Pick<ExchangeParts, 'vault' | 'holder' | 'logs' | 'opened' | 'writer'>,
): Resolve {
  const { vault, logs, opened } = parts;
  const { acct } = parts.holder();
  return resolve;

  /** Never throws; when the merge says what the server says, the server's bytes are kept as they are. */
  async function resolve({
    mine,
    theirs,
  }: {
    readonly mine: EnvelopeDocState;
    readonly theirs: EnvelopeDocState;
  }): Promise<EnvelopeDocState> {
    try {
      const [local, remote] = await Promise.all([versionOf(mine), versionOf(theirs)]);
      if (remote === null) return mine;
      if (local === null) return theirs;
      const merged = mergeVersions(local.version, remote.version);
      if (merged.also.length > 0) await parts.writer.write(merged.also);
      if (sameVersion(merged.version, remote.version)) {
        opened.put(theirs.env, { ...remote, leaf: leafOf(remote.envelope) });
        return theirs;
      }
      const rev = Math.max(local.envelope.header.rev, remote.envelope.header.rev) + 1;
      const replaces = leafOf(remote.envelope);
      const [sealed] = await sealVersions(vault, acct, [
        { version: merged.version, epoch: logs.grant().epoch, rev, replaces },
      ]);
      if (sealed === undefined) return mine;
      opened.put(sealed.doc.env, sealed);
      return sealed.doc;
    } catch {
      return mine;
    }
  }

  async function versionOf(doc: EnvelopeDocState) {
    const known = opened.take(doc.env);
    if (known !== undefined) return known;
    const envelope = envelopeOfText(doc.env);
    if (envelope === null) return null;
    const [read] = await openVersions(vault, acct, [envelope]);
    return read?.ok === true ? { envelope, version: read.version } : null;
  }
}
