// Tailwind 4 runs as a PostCSS plugin; everything else about the look is in app/globals.css.
export default { plugins: { '@tailwindcss/postcss': {} } };
