/** Name and version of this program, as its package says. */
import manifest from '../../package.json' with { type: 'json' };

export const SOFTWARE = `evenkeel ${manifest.version}`;
export const VERSION = manifest.version;
