//! egui output to pixels on the CPU: pictures in tests and chart export, no GPU, no window.
