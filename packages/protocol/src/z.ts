/**
 * The one place zod is set up. `jitless` must be set before any schema is built: otherwise zod probes
 * `new Function`, which a strict Content-Security-Policy reports as a violation.
 */
import * as z from 'zod/mini';

z.config({ jitless: true });

export { z };
