/** The Worker that holds the keys. The page talks to it only in the verbs of `Vault`. */
import { serveVault } from '@evenkeel/vault';

serveVault(self);
