//! Requests every external address once, and reports those that are dead. The only module that uses the network.
//!
//! [`addresses`] finds the addresses that the site publishes and their places in the library's files; `request`
//! requests one; [`answered`] stores the results of earlier runs. Each host gets one request at a time, and eight hosts
//! are requested in parallel. A host that answers none of three addresses in a row, or takes ten minutes, is given up:
//! its other addresses are reported as not asked. No request is made without `check --external`, and only the status
//! and the redirect of a response are read.

pub mod addresses;
pub mod answered;
mod request;

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    panic::resume_unwind,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use url::Url;

use self::{
    addresses::ExternalAddress,
    request::{AddressStatus, HttpClient},
};
use crate::problem::{Problem, message::external as message};

/// The number of hosts that are requested in parallel.
const PARALLEL_HOSTS: usize = 8;

/// What an address and its host may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest wait for a response.
    pub answer: Duration,
    /// The longest wait for a response to GET, if HEAD had none: a few servers answer GET alone.
    pub answer_after_silence: Duration,
    /// The longest wait that a busy server may ask for.
    pub retry: Duration,
    /// The longest time for an address, with its redirects and waits. A request that has begun is finished.
    pub address: Duration,
    /// The longest time for all addresses of a host. A request that has begun is finished.
    pub host: Duration,
    /// The number of addresses without an answer, in a row, after which a host is given up.
    pub failures: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            answer: Duration::from_secs(10),
            answer_after_silence: Duration::from_secs(3),
            retry: Duration::from_secs(20),
            address: Duration::from_secs(60),
            host: Duration::from_secs(600),
            failures: 3,
        }
    }
}

/// Gives the time that has passed since some moment. This module reads no clock.
pub type Elapsed<'a> = &'a (dyn Fn() -> Duration + Sync);

/// The results for all addresses.
#[derive(Debug, Default)]
pub struct AddressResults {
    /// A problem for each that is dead, has moved permanently, or was not asked because its host was given up.
    pub problems: Vec<Problem>,
    /// Those that work.
    pub working: Vec<String>,
    /// What those that refuse programs, but may work for people, answered, at their places.
    pub uncertain: Vec<Problem>,
    /// Whether there was a connection to any of them.
    pub has_reached: bool,
}

/// What is known of a host from the requests to it.
#[derive(Debug, Default)]
struct HostRecord {
    /// The number of addresses without an answer since the last that had one.
    failures: u32,
    /// The time that its requests and waits took.
    spent: Duration,
    /// Whether it gave no answer to HEAD, but one to GET.
    ignores_head: bool,
}

/// One lock for each host and port, so that no server gets two requests at once.
#[derive(Debug, Default)]
struct HostLocks(Mutex<HashMap<String, Arc<Mutex<HostRecord>>>>);

impl HostLocks {
    /// Runs a function when it is this host's turn.
    fn take<T>(&self, address: &Url, work: impl FnOnce(&mut HostRecord) -> T) -> T {
        let turn = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(host(address)).or_default().clone();
        let mut turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut turn)
    }
}

/// The host of an address, with its port.
fn host(address: &Url) -> String {
    format!("{}:{}", address.host_str().unwrap_or_default(), address.port_or_known_default().unwrap_or_default())
}

/// Requests every address once. `progress` is called after each.
pub fn check(
    outside: &[ExternalAddress],
    limits: Limits,
    elapsed: Elapsed<'_>,
    progress: &(dyn Fn() + Sync),
) -> AddressResults {
    let mut by_host: BTreeMap<String, Vec<&ExternalAddress>> = BTreeMap::new();
    for one in outside {
        by_host.entry(host(&one.address)).or_default().push(one);
    }
    let queue: Mutex<VecDeque<Vec<&ExternalAddress>>> = Mutex::new(by_host.into_values().collect());
    let (client, host_locks) = (HttpClient::new(limits, elapsed), HostLocks::default());
    let work = || {
        let mut answers: Vec<(&ExternalAddress, AddressStatus)> = Vec::new();
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some(of_host) = next else { return answers };
            for one in of_host {
                answers.push((one, client.request(&one.address, &host_locks)));
                progress();
            }
        }
    };
    let answers: Vec<(&ExternalAddress, AddressStatus)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..PARALLEL_HOSTS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    results(answers)
}

fn results(answers: Vec<(&ExternalAddress, AddressStatus)>) -> AddressResults {
    let mut found = AddressResults::default();
    for (one, answer) in answers {
        let address = one.address.as_str();
        found.has_reached |= !matches!(answer, AddressStatus::Unreached(_) | AddressStatus::NotAsked(_));
        match answer {
            AddressStatus::Working => found.working.push(address.to_owned()),
            AddressStatus::Moved(to) => found.problems.push(message::moved(&one.spots, address, &to)),
            AddressStatus::Dead(why) | AddressStatus::Unreached(why) => found.problems.push(dead(one, &why)),
            AddressStatus::Failing(why) => {
                found.problems.push(message::failing(&one.spots, address, &why, one.archived.as_deref()));
            }
            AddressStatus::NotAsked(why) => found.problems.push(message::not_asked(&one.spots, address, &why)),
            AddressStatus::Uncertain(why) => found.uncertain.push(message::uncertain(&one.spots, address, &why)),
        }
    }
    found.working.sort();
    found
}

/// A problem for a dead address, which offers the archived copy if a source names one.
fn dead(one: &ExternalAddress, why: &str) -> Problem {
    message::dead(&one.spots, one.address.as_str(), why, one.archived.as_deref())
}
