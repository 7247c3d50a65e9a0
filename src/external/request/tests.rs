use std::{io::Read, net::TcpListener, sync::Arc};

use rcgen::{CertificateParams, Issuer, KeyPair, date_time_ymd};
use ureq::tls::Certificate;

use super::*;
use crate::external::HostLocks;

#[test]
fn a_busy_server_says_how_long_to_wait() {
    let headers = |pairs: &[(&'static str, &str)]| {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
    };
    let date = ("date", "Sat, 28 Nov 2026 21:00:00 GMT");
    for (pairs, expected) in [
        (vec![], None),
        (vec![("retry-after", "3")], Some(3)),
        (vec![("retry-after", "soon")], None),
        (vec![("retry-after", "Sat, 28 Nov 2026 21:00:07 GMT"), date], Some(7)),
        (vec![("retry-after", "Sat, 28 Nov 2026 20:00:07 GMT"), date], Some(0)),
        (vec![("retry-after", "Sat, 28 Nov 2026 21:00:07 GMT")], None),
    ] {
        assert_eq!(retry_after(&headers(&pairs)), expected.map(Duration::from_secs), "{pairs:?}");
    }
}

/// A server with a certificate from an issuer that the client trusts → what the client says of `https://localhost`.
fn said_of(change: impl FnOnce(&mut CertificateParams)) -> String {
    let (issuer_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let mut of_issuer = CertificateParams::new([]).unwrap();
    of_issuer.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root = of_issuer.self_signed(&issuer_key).unwrap();
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    change(&mut params);
    let certificate = params.signed_by(&key, &Issuer::new(of_issuer, issuer_key)).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut tls = rustls::StreamOwned::new(connection, stream);
            if tls.read(&mut [0; 1024]).is_ok() {
                std::io::Write::write_all(&mut tls, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    .unwrap_or_default();
            }
        }
    });
    let roots = RootCerts::new_with_certs(&[Certificate::from_der(root.der()).to_owned()]);
    let client = HttpClient { agent: agent(roots), limits: Limits::default(), elapsed: &|| Duration::ZERO };
    format!("{:?}", client.request(&Url::parse(&address).unwrap(), &HostLocks::default()))
}

#[test]
fn a_certificate_that_has_expired_or_is_for_another_host_is_reported() {
    assert_eq!(said_of(|_| {}), "Working");
    let expired = said_of(|params| params.not_after = date_time_ymd(2020, 1, 1));
    assert_eq!(expired, r#"Dead("has no valid certificate: it has expired")"#);
    let other = said_of(|params| *params = CertificateParams::new(["a.example".to_owned()]).unwrap());
    assert_eq!(other, r#"Dead("has no valid certificate: it is for another host")"#);
}
