import { ActionIcon, Button, createTheme, defaultVariantColorsResolver, Menu, Popover, SegmentedControl, Tooltip } from '@mantine/core';

/**
 * The chrome is ink on paper, with no hue of its own: on this page a hue always means a method. Colours live in `global.css` as tokens;
 * Mantine is told to use them.
 */
export const theme = createTheme({
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-code)',
  headings: { fontFamily: 'var(--font-text)', fontWeight: '600' },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 1 },
  // Ink on paper, paper on ink: the filled button turns with the theme, which a shade of a palette does not.
  variantColorResolver: (input) =>
    input.variant === 'filled' && (input.color ?? input.theme.primaryColor) === 'ink'
      ? {
          background: 'var(--ink)',
          hover: 'color-mix(in srgb, var(--ink) 86%, var(--surface))',
          color: 'var(--surface)',
          border: '1px solid transparent',
        }
      : defaultVariantColorsResolver(input),
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '10px', lg: '14px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  colors: {
    // Mantine's own greys are warm; the page's are not.
    dark: ['#e9edf2', '#c3cbd5', '#9ba6b3', '#79838f', '#46505c', '#333c46', '#272e37', '#1d232a', '#14181d', '#0c0f13'],
    ink: ['#f6f7f9', '#eceff2', '#d5dae0', '#b4bcc6', '#8d97a3', '#6b7581', '#505a66', '#363f4a', '#1b2129', '#0d1116'],
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        multiline: true,
        maw: 280,
        offset: 8,
        events: { hover: true, focus: true, touch: true },
        transitionProps: { duration: 0 },
      },
      styles: {
        tooltip: {
          fontSize: 'calc(12.5px * var(--presenter-zoom))',
          lineHeight: 1.44,
          padding: '7px 10px',
          background: 'var(--tip)',
          color: 'var(--tip-ink)',
        },
      },
    }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', transitionDuration: 0, withItemsBorders: false } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 0 } } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 0 } } }),
  },
});
