import { createContext, useContext } from 'react';

/** True inside a lesson: its text says what there is to see, and asks first. A piece then keeps its own explanations to itself. */
export const InLesson = createContext(false);

export function useInLesson(): boolean {
  return useContext(InLesson);
}
