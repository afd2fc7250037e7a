/** Tells once that an element is on the screen, or soon will be. */
const soon = '600px'; // a flick of the finger

export function when_near(element: Element, tell: () => void): { destroy: () => void } {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      tell();
    },
    { rootMargin: soon },
  );
  observer.observe(element);
  return { destroy: () => observer.disconnect() };
}
