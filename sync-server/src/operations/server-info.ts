/** GET /v1/server: what anybody may know of this server. */
import { publicKeySchema, serverInfoSchema } from '@evenkeel/protocol';
import { noBody, openRoute } from '../route.ts';
import { SOFTWARE } from './version.ts';

export const serverInfoRoute = openRoute({
  method: 'get',
  path: '/v1/server',
  summary: 'What anybody may know of this server',
  body: noBody,
  reply: serverInfoSchema,
  problems: [],
  handle: async ({ origin, store, serverKey, signups, servesApp, clock }) => ({
    protocol: 'ek1' as const,
    origin,
    serverEpoch: store.serverEpoch,
    serverKey: publicKeySchema.parse(serverKey),
    signups,
    software: SOFTWARE,
    servesApp,
    time: clock(),
  }),
});
