// The places of a label sheet as buttons over its picture: one of them is chosen by touch, by mouse, or with the arrow
// keys, Home and End. One tab stop, as a group of radio buttons has; where the picture is, so are the buttons.

/** @returns what shows the places of a page of labels; `choose` is told the 1-based place that somebody chose */
export function placeChooser(box, choose) {
  let columns = 1;
  let shown = '';
  const group = document.createElement('div');
  group.setAttribute('role', 'radiogroup');
  group.setAttribute('aria-label', box.querySelector('img').closest('figure').querySelector('figcaption').textContent);
  box.append(group);

  const buttons = () => [...group.children];

  function mark(place) {
    for (const [at, button] of buttons().entries()) {
      const isChosen = at + 1 === place;
      button.setAttribute('aria-checked', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    }
    if (group.querySelector('[tabindex="0"]') === null && group.firstChild) group.firstChild.tabIndex = 0;
  }

  function take(at) {
    const button = buttons()[at];
    if (button === undefined) return;
    mark(at + 1);
    button.focus();
    choose(at + 1);
  }

  function draw(page) {
    const made = page.places.map((place, at) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('role', 'radio');
      button.setAttribute('aria-label', box.dataset.places.replace('{n}', String(at + 1)));
      button.style.left = `${(place.xMm / page.widthMm) * 100}%`;
      button.style.top = `${(place.yMm / page.heightMm) * 100}%`;
      button.style.width = `${(page.labelWidthMm / page.widthMm) * 100}%`;
      button.style.height = `${(page.labelHeightMm / page.heightMm) * 100}%`;
      return button;
    });
    columns = page.places.filter(({ yMm }) => yMm === page.places[0].yMm).length;
    group.replaceChildren(...made);
  }

  const steps = () => ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns });

  group.addEventListener('click', (event) => {
    const at = buttons().indexOf(event.target);
    if (at !== -1) take(at);
  });
  group.addEventListener('keydown', (event) => {
    const at = buttons().indexOf(event.target);
    const last = group.children.length - 1;
    const to = { Home: 0, End: last }[event.key] ?? at + (steps()[event.key] ?? 0);
    if (at === -1 || to === at || to < 0 || to > last) return;
    event.preventDefault();
    take(to);
  });

  return {
    /** Shows the places of `page`, or none, with `place` as the chosen one. */
    show(page, place) {
      const key = JSON.stringify(page);
      if (key !== shown) {
        if (page === null) group.replaceChildren();
        else draw(page);
        shown = key;
      }
      mark(place);
    },
  };
}
