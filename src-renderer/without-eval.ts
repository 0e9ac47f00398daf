import { z } from 'zod';

// The content security policy forbids eval; zod must know before its first schema is made, so this is imported first.
z.config({ jitless: true });
