//! A finished picture and its PNG. It draws nothing.

use egui::Color32;

/// Opaque or translucent pixels, row by row from the top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue and alpha of each pixel, alpha premultiplied;
    /// `4 × width × height` bytes.
    pub rgba: Vec<u8>,
}

/// Why a picture did not become a file.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The encoder refused, as for a picture without pixels.
    #[error("The picture of {width} × {height} pixels could not be written as PNG: {source}")]
    Encode {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
        /// What the encoder says.
        source: png::EncodingError,
    },
}

impl Picture {
    /// A picture of one colour.
    pub fn filled(width: u32, height: u32, colour: Color32) -> Self {
        let pixels = width as usize * height as usize;
        Self {
            width,
            height,
            rgba: colour.to_array().repeat(pixels),
        }
    }

    /// The picture as a PNG file.
    pub fn to_png(&self) -> Result<Vec<u8>, PictureError> {
        let failed = |source| PictureError::Encode {
            width: self.width,
            height: self.height,
            source,
        };
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer
            .write_image_data(&self.straight_alpha())
            .map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(file)
    }

    /// The pixels as PNG stores them, with alpha not multiplied in.
    fn straight_alpha(&self) -> Vec<u8> {
        let mut pixels = self.rgba.clone();
        for pixel in pixels.chunks_exact_mut(4) {
            if let [r, g, b, a] = pixel
                && *a != 255
                && *a != 0
            {
                let alpha = u32::from(*a);
                for channel in [r, g, b] {
                    let straight = (u32::from(*channel) * 255 + alpha / 2) / alpha;
                    *channel = straight.min(255) as u8;
                }
            }
        }
        pixels
    }
}
