import { createContext, useContext, useEffect } from 'react';

/** A figure on the screen, ready to be drawn as a file. */
export interface ListedFigure {
  title: string;
  note: string;
  /** Null while nothing is drawn. */
  svg(): string | null;
}

/** The figures of a part of the page, in their order: for whoever takes them all at once. */
export class FigureList {
  private readonly figures = new Map<Element, ListedFigure>();

  add(place: Element, figure: ListedFigure): () => void {
    this.figures.set(place, figure);
    return () => this.figures.delete(place);
  }

  /** In the order of the page. */
  all(): ListedFigure[] {
    return [...this.figures]
      .sort(([a], [b]) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
      .map(([, figure]) => figure);
  }
}

export const FigureListContext = createContext<FigureList | null>(null);

/** Lists a figure while it is on the page; `figure` is made anew at each draw, and the last one counts. */
export function useListed(place: { current: Element | null }, figure: ListedFigure): void {
  const list = useContext(FigureListContext);
  useEffect(() => (list && place.current ? list.add(place.current, figure) : undefined));
}
