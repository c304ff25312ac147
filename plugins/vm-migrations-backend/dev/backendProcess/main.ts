/*
 * The smallest Backstage backend that records migrations: this plugin and nothing else.
 * Tools and tests start it as a process of its own, so that it can be killed.
 */
import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();
backend.add(import('../../src'));
backend.start();
