//! Labels at the ends of lines, moved apart so that none overlaps. Pure.

/// Moves wanted places apart by `gap` within `low..=high`, keeping their order
/// and the moves small. Gives one place for each wanted one.
pub fn spread(wanted: &[f32], gap: f32, low: f32, high: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let want = |index: usize| wanted.get(index).copied().unwrap_or(low);
    order.sort_by(|a, b| want(*a).total_cmp(&want(*b)));
    // Runs of labels that touch share one mean displacement, so that a crowd
    // spreads evenly around where its lines end.
    let mut runs: Vec<Run> = Vec::new();
    for index in order {
        let mut run = Run {
            sum: want(index),
            members: vec![index],
        };
        run.clamp(gap, low, high);
        while let Some(before) =
            runs.pop_if(|before| before.end(gap, low, high) + gap > run.start(gap, low, high))
        {
            run = before.joined(run, gap);
        }
        runs.push(run);
    }
    let mut places = vec![low; wanted.len()];
    for run in &runs {
        let start = run.start(gap, low, high);
        for (step, index) in run.members.iter().enumerate() {
            if let Some(place) = places.get_mut(*index) {
                *place = start + step as f32 * gap;
            }
        }
    }
    places
}

/// Labels that touch, from top to bottom.
struct Run {
    /// Sum of the places at which the first member would have to be for each
    /// member to be where it wants.
    sum: f32,
    members: Vec<usize>,
}

impl Run {
    fn clamp(&mut self, _gap: f32, low: f32, high: f32) {
        self.sum = self.sum.clamp(low, high.max(low));
    }

    fn start(&self, gap: f32, low: f32, high: f32) -> f32 {
        let length = (self.members.len().saturating_sub(1)) as f32 * gap;
        let mean = self.sum / self.members.len().max(1) as f32;
        mean.min(high - length).max(low)
    }

    fn end(&self, gap: f32, low: f32, high: f32) -> f32 {
        self.start(gap, low, high) + (self.members.len().saturating_sub(1)) as f32 * gap
    }

    fn joined(mut self, below: Self, gap: f32) -> Self {
        let offset = self.members.len() as f32 * gap;
        self.sum += below.sum - offset * below.members.len() as f32;
        self.members.extend(below.members);
        self
    }
}
