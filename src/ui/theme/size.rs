//! Sizes in points. They name distances only; colours are in the parent.

/// The grid that distances are multiples of.
pub const GRID: f32 = 8.0;
/// Half a grid step, for things that belong together.
pub const HALF: f32 = 4.0;
/// Distance of content from the edge of its panel.
pub const GUTTER: f32 = 16.0;
/// Corner radius of everything that has corners.
pub const RADIUS: u8 = 6;
/// Corner radius of marks smaller than a line of text.
pub const RADIUS_SMALL: u8 = 3;
/// Height of a table row.
pub const ROW: f32 = 30.0;
/// Height of a row in the company pane.
pub const PANE_ROW: f32 = 27.0;
/// Height of a table's header.
pub const HEADER: f32 = 28.0;
/// Height of buttons, inputs and combo boxes.
pub const CONTROL: f32 = 28.0;
/// Height of chips and links in a bar.
pub const CHIP: f32 = 24.0;
/// Height of the title and chips above a chart.
pub const CHART_TITLE: f32 = 34.0;
/// Height of the line of captions below them.
pub const CHART_CAPTION: f32 = 18.0;
/// Height of the top bar.
pub const TOP_BAR: f32 = 48.0;
/// Width of the rail with the pages.
pub const RAIL: f32 = 168.0;
/// Width of the company pane.
pub const PANE: f32 = 332.0;
/// Windows narrower than this take the narrow rail and pane.
pub const NARROW: f32 = 1360.0;
/// Width of the rail in a narrow window.
pub const RAIL_NARROW: f32 = 148.0;
/// Width of the company pane in a narrow window.
pub const PANE_NARROW: f32 = 304.0;

/// Size of body text and buttons.
pub const TEXT: f32 = 13.0;
/// Size of secondary text.
pub const SECONDARY: f32 = 12.0;
/// Size of captions and axis labels.
pub const CAPTION: f32 = 11.0;
/// Size of headings, in semibold.
pub const HEADING: f32 = 14.0;
/// Size of the one big number of a pane.
pub const BIG: f32 = 26.0;

/// Width of hairlines.
pub const HAIRLINE: f32 = 1.0;
/// Width of an unselected company's line in the chart.
pub const LINE: f32 = 1.4;
/// Width of the selected company's line.
pub const LINE_SELECTED: f32 = 2.4;
/// Width of Bitcoin's line.
pub const LINE_BTC: f32 = 2.8;
/// Width of the bar beside the selected page.
pub const SELECTION_BAR: f32 = 3.0;
/// Width of the focus ring.
pub const FOCUS: f32 = 2.0;
/// Diameter of an age dot.
pub const DOT: f32 = 8.0;
/// Width of a sparkline.
pub const SPARK: f32 = 1.3;
/// Height of the line under an input that carries its message.
pub const MESSAGE: f32 = 18.0;
/// Width of the labels beside inputs.
pub const FIELD_LABEL: f32 = 152.0;
/// Width of inputs.
pub const FIELD: f32 = 232.0;
/// Side of the square that puts a line on or off.
pub const SQUARE: f32 = 14.0;

/// The smallest text size Settings offers.
pub const TEXT_SCALE_MIN: f32 = 0.8;
/// The largest text size Settings offers.
pub const TEXT_SCALE_MAX: f32 = 2.0;
