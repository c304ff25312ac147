/** Whether anybody can see the page. */
export interface PageVisibility {
  isVisible(): boolean;
  /** Calls back each time that changes. */
  subscribe(listener: () => void): () => void;
}

/** The browser tab's own visibility. */
export const pageVisibility: PageVisibility = {
  isVisible: () => document.visibilityState !== 'hidden',
  subscribe(listener) {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};
