import { useEffect } from "react";

const side = 64;

/** Puts the unread number on the icon of the browser's tab, in the colours of the page. */
export function useFaviconBadge(count: number): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
    if (!link) return;
    link.dataset.plain ??= link.href;
    const plain = link.dataset.plain;
    if (count === 0) {
      link.href = plain;
      return;
    }
    let stopped = false;
    const image = new Image();
    image.onload = () => {
      if (!stopped) link.href = drawn(image, count) ?? plain;
    };
    image.src = plain;
    return () => {
      stopped = true;
    };
  }, [count]);
}

function drawn(image: HTMLImageElement, count: number): string | null {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return null;
  const style = getComputedStyle(document.documentElement);
  context.drawImage(image, 0, 0, side, side);
  const radius = side * 0.32;
  context.beginPath();
  context.arc(side - radius, side - radius, radius, 0, 2 * Math.PI);
  context.fillStyle = style.getPropertyValue("--bastide-danger");
  context.fill();
  context.fillStyle = style.getPropertyValue("--bastide-surface");
  context.font = `700 ${Math.round(radius * (count > 9 ? 1 : 1.4))}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(count > 99 ? "99" : String(count), side - radius, side - radius * 0.95);
  return canvas.toDataURL("image/png");
}
