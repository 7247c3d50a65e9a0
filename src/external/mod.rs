//! Requests every external address once, and reports those that are dead. The only room that uses the network.
//!
//! [`addresses`] finds the addresses that the site publishes and their places in the library's files; `request` requests
//! one; [`answered`] stores the results of earlier runs. Each host gets one request at a time, and eight hosts are
//! requested in parallel. No request is made without `check --external`, and only the status and the redirect of a
//! response are read.

pub mod addresses;
pub mod answered;
mod request;

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use url::Url;

use self::{
    addresses::ExternalAddress,
    request::{AddressStatus, HttpClient},
};
use crate::problem::{Problem, message::external as message};

/// The number of hosts that are requested in parallel.
const PARALLEL_HOSTS: usize = 8;

/// The results for all addresses.
#[derive(Debug, Default)]
pub struct AddressResults {
    /// A problem for each that is dead or has moved permanently.
    pub problems: Vec<Problem>,
    /// Those that work.
    pub working: Vec<String>,
    /// Those that refuse programs, but may work for people, each with the reason.
    pub uncertain: Vec<(String, String)>,
    /// The number of those without a connection.
    pub unreached: usize,
}

/// One lock for each host, so that no host gets two requests at once.
#[derive(Debug, Default)]
struct HostLocks(Mutex<HashMap<String, Arc<Mutex<()>>>>);

impl HostLocks {
    /// Runs a function when it is this host's turn.
    fn take<T>(&self, address: &Url, work: impl FnOnce() -> T) -> T {
        let turn = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(host(address)).or_default().clone();
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }
}

/// The host of an address, with its port.
fn host(address: &Url) -> String {
    format!("{}:{}", address.host_str().unwrap_or_default(), address.port_or_known_default().unwrap_or_default())
}

/// Requests every address once. `progress` is called after each.
pub fn check(outside: &[ExternalAddress], progress: &(dyn Fn() + Sync)) -> AddressResults {
    let mut by_host: BTreeMap<String, Vec<&ExternalAddress>> = BTreeMap::new();
    for one in outside {
        by_host.entry(host(&one.address)).or_default().push(one);
    }
    let queue: Mutex<VecDeque<Vec<&ExternalAddress>>> = Mutex::new(by_host.into_values().collect());
    let (client, host_locks) = (HttpClient::new(), HostLocks::default());
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
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    let mut found = AddressResults::default();
    for (one, answer) in answers {
        let address = one.address.as_str();
        match answer {
            AddressStatus::Working => found.working.push(address.to_owned()),
            AddressStatus::Moved(to) => found.problems.push(message::moved(&one.spots, address, &to)),
            AddressStatus::Dead(why) => found.problems.push(dead(one, &why)),
            AddressStatus::Uncertain(why) => found.uncertain.push((address.to_owned(), why)),
            AddressStatus::Unreached(why) => {
                found.unreached += 1;
                found.problems.push(dead(one, &why));
            }
        }
    }
    found.working.sort();
    found.uncertain.sort();
    found
}

/// A problem for a dead address, which offers the archived copy if a source names one.
fn dead(one: &ExternalAddress, why: &str) -> Problem {
    message::dead(&one.spots, one.address.as_str(), why, one.archived.as_deref())
}
