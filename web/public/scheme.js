// Runs before the first paint, so that a person who chose a theme never sees a flash of the other one.
// The content security policy forbids inline scripts, hence a file.
(() => {
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("bastide.colorScheme") || "auto";
  } catch {
    // Storage is forbidden: the system's scheme it is.
  }
  const dark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  // Guests of booking pages see the place of another page.
  if (location.pathname.startsWith("/book/")) document.documentElement.setAttribute("data-booking", "");
  document.documentElement.style.backgroundColor = dark ? "#17181c" : "#f6f5f2";
})();
